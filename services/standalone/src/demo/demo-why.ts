import type { DemoApi } from './demo-api.js';

interface CommunicationPage {
  readonly items: readonly { readonly participantId: string }[];
}

interface PersonPage {
  readonly items: readonly { readonly id: string; readonly communications: number }[];
}

const PEOPLE_LOOKED_AT = 200;

/** The full why of one person who was contacted, and the why-not of another who was not. */
export async function whyOf(api: DemoApi, campaignId: string): Promise<readonly string[]> {
  const base = `/api/views/campaigns/${campaignId}`;
  const { items: followedUp } = await api.json<CommunicationPage>(`${base}/communications?name=FOLLOWED_UP&limit=50`);
  const { items: people } = await api.json<PersonPage>(`${base}/participants?limit=${PEOPLE_LOOKED_AT}`);
  const contacted = followedUp[0]?.participantId;
  const left = people.find(({ communications }) => communications === 0)?.id;
  return [
    ...(contacted === undefined ? [] : await asked(api, 'Why was this person contacted?', `${contacted}/why`)),
    ...(left === undefined
      ? []
      : await asked(api, 'Why was this one not?', `${left}/why?communication=REMINDED_DUE_DATE`)),
  ];
}

async function asked(api: DemoApi, question: string, path: string): Promise<readonly string[]> {
  const answer = await api.text(`/api/views/participants/${path}`);
  return [
    '',
    question,
    ...answer
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

const UNKNOWN_LISTED_MAX = 200;

interface UnknownPage {
  readonly items: readonly {
    readonly name: string;
    readonly participantName?: string | null;
    readonly participantId: string;
  }[];
  readonly total: number;
}

/** Communications of which nobody can say whether they arrived, because the process died between asking and being told. */
export async function unknownOutcomes(api: DemoApi, campaignId: string): Promise<readonly string[]> {
  const path = `/api/views/campaigns/${campaignId}/communications?code=outcome_unknown&limit=${UNKNOWN_LISTED_MAX}`;
  const { items, total } = await api.json<UnknownPage>(path);
  if (total === 0) return [];
  const lines = items.map(
    ({ name, participantName, participantId }) => `  ${name} to ${participantName ?? participantId}`,
  );
  return [
    '',
    `Outcomes that cannot be known: ${total}. The process was interrupted while it sent them; they are not sent again.`,
    ...lines,
  ];
}
