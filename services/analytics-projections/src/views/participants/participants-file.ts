import { csvLine, type KnownCampaign } from '@poinciana/campaign-definition';
import type { JsonValue } from '@poinciana/contracts';
import type { CommunicationView } from '../communications/communication-view.js';
import { participantDetails, type ParticipantDetails } from './participant-details.js';
import { sortValue } from './participant-keys.js';
import type { ParticipantFilter, ParticipantQuery, ParticipantSort, ParticipantView } from './participant-view.js';

/** Lines that are read at once; the next are read when the caller has taken these. */
const PAGE = 1_000;

interface Sources {
  readonly participants: ParticipantView<unknown>;
  readonly communications: CommunicationView<unknown>;
  readonly campaign: KnownCampaign;
}

/** A list as CSV, page by page: the fields in the order of the Data tab, then what the columns of the tab show. */
export async function* participantsFile(
  { participants, communications, campaign }: Sources,
  filter: ParticipantFilter,
  order: { readonly sort: ParticipantSort; readonly direction: 'asc' | 'desc' },
): AsyncGenerator<string> {
  yield csvLine([...campaign.fields.map(({ name }) => name), ...COLUMNS.map(({ title }) => title)]);
  let after: ParticipantQuery['after'];
  for (;;) {
    const end = after === undefined ? {} : { after };
    const { lines } = await participants.list({ ...filter, ...order, ...end, limit: PAGE });
    const summaries = await communications.summaries(filter.workspace, lines);
    const summaryOf = new Map(summaries.map((summary) => [summary.participantId, summary]));
    yield lines.map((line) => lineText(participantDetails(line, summaryOf.get(line.id), campaign))).join('');
    const last = lines.at(-1);
    if (last === undefined || lines.length < PAGE) return;
    after = { value: sortValue(last, order.sort), id: last.id };
  }
}

const COLUMNS: readonly { readonly title: string; readonly of: (participant: ParticipantDetails) => JsonValue }[] = [
  { title: 'object_id', of: ({ objectId }) => objectId },
  { title: 'timezone', of: ({ timeZone }) => timeZone },
  { title: 'communications', of: ({ communications }) => communications },
  { title: 'last_contact', of: ({ lastContact }) => lastContact?.name ?? null },
  { title: 'last_contact_channel', of: ({ lastContact }) => lastContact?.channelType ?? null },
  { title: 'last_contact_status', of: ({ lastContact }) => lastContact?.status ?? null },
  { title: 'last_contact_at', of: ({ lastContact }) => lastContact?.at ?? null },
  { title: 'result', of: ({ outcome }) => outcome?.result ?? null },
  { title: 'result_at', of: ({ outcome }) => outcome?.at ?? null },
  { title: 'created_at', of: ({ createdAt }) => createdAt },
  { title: 'updated_at', of: ({ updatedAt }) => updatedAt },
];

function lineText(participant: ParticipantDetails): string {
  return csvLine([
    ...participant.fields.map(({ value }) => cell(value)),
    ...COLUMNS.map(({ of }) => cell(of(participant))),
  ]);
}

function cell(value: JsonValue): string | number {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
