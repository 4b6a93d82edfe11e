import type { FieldDefinition } from '@poinciana/campaign-definition';
import type { Definitions } from '../../definitions/definitions.js';
import { parseFieldCondition } from './filters/field-condition.js';
import { participantFilter } from './participant-filter.js';
import type { ParticipantFilter } from './participant-view.js';
import type { ParticipantsRequest } from './participants-request.js';

/** What a request asks for; the campaign is only looked at when a condition names one of its fields. */
export async function participantSearch(
  definitions: Definitions,
  workspace: string,
  campaignId: string,
  request: ParticipantsRequest,
): Promise<ParticipantFilter> {
  const { field = [] } = request;
  const { timeZone } = await definitions.workspace(workspace);
  if (field.length === 0) return participantFilter(workspace, campaignId, request, timeZone);
  const campaign = await definitions.campaign(workspace, campaignId);
  const fields = campaign.fields as readonly FieldDefinition[];
  const conditions = field.map((text) => parseFieldCondition(text, fields, timeZone));
  return participantFilter(workspace, campaignId, request, timeZone, conditions);
}
