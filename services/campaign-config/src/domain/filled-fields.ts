import type { participant as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';

/** Fields of one campaign that participants got values for. */
export interface CampaignFields {
  readonly campaignId: string;
  readonly workspace: string;
  readonly fields: readonly string[];
}

/** The fields that a batch of participant events fills, each campaign once. A value that is taken away counts as well. */
export function filledFields(events: readonly StoredEvent[]): readonly CampaignFields[] {
  const campaigns = new Map<string, { readonly workspace: string; readonly fields: Set<string> }>();
  for (const event of events) {
    if (event.type !== 'ParticipantCreated' && event.type !== 'ParticipantUpdated') continue;
    const { participant, changed } = event.data as contract.ParticipantUpdated;
    const known = campaigns.get(participant.campaignId) ?? { workspace: event.workspace, fields: new Set() };
    for (const name of changed) if (name !== 'timezone') known.fields.add(name);
    campaigns.set(participant.campaignId, known);
  }
  return [...campaigns].map(([campaignId, { workspace, fields }]) => ({ campaignId, workspace, fields: [...fields] }));
}
