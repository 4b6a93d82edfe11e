import { categoryOf, type StoredEvent } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import { campaignChanges } from '../src/views/campaigns/campaign-changes.js';
import { communicationChanges } from '../src/views/communications/communication-changes.js';
import { erasedParticipants, participantChanges } from '../src/views/participants/participant-changes.js';
import { flowRunFacts } from '../src/views/runs/flow-run-facts.js';
import { sessionChanges } from '../src/views/sessions/session-changes.js';
import { PLACES } from './random-person.js';
import type { ViewStore } from './view-stores.js';

/** Does with a batch what the consumers of all views do, one after the other. */
export async function project<Transaction>(
  store: ViewStore<Transaction>,
  events: readonly StoredEvent[],
): Promise<void> {
  const of = (...categories: readonly string[]) =>
    events.filter(({ stream }) => categories.includes(categoryOf(stream)));
  const erased = erasedParticipants(of('participant'));
  const writes = [
    ...whatOf(of('campaign'), (own) => store.campaigns.write(campaignChanges(own))),
    ...whatOf(of('participant'), (own) => store.participants.write(participantChanges(own))),
    ...whatOf(erased, (own) => store.communications.forget(own)),
    ...whatOf(of('communication'), (own) => store.communications.write(communicationChanges(own))),
    ...whatOf(of('session', 'customer'), (own) => store.sessions.write(sessionChanges(own))),
    ...whatOf(of('flow-runs'), (own) => store.paths.write(flowRunFacts(own))),
  ];
  await store.commit(async (transaction) => {
    for (const write of writes) await write(transaction);
  });
}

function whatOf<Part, Write>(parts: readonly Part[], write: (parts: readonly Part[]) => Write): readonly Write[] {
  return parts.length === 0 ? [] : [write(parts)];
}

export interface Piece {
  readonly events: number;
  readonly back: number;
}

/** Batches as they come after cuts: each begins somewhere in what was handled, and may end there too. */
export const cuts = fc.array(fc.record({ events: fc.integer({ min: 1, max: 12 }), back: fc.nat(15) }), {
  minLength: 3,
  maxLength: 12,
});
/** After so many turns for each event nothing is repeated any more, so that every history ends. */
const REPEATS_MAX = 0.5;

export async function projectInPieces<Transaction>(
  store: ViewStore<Transaction>,
  events: readonly StoredEvent[],
  pieces: readonly Piece[],
): Promise<void> {
  let done = 0;
  for (let turn = 0; done < events.length; turn += 1) {
    const piece = pieces[turn % pieces.length] ?? { events: 1, back: 0 };
    const from = turn < REPEATS_MAX * events.length ? Math.max(0, done - piece.back) : done;
    const to = from + piece.events;
    done = Math.max(done, to);
    await project(store, events.slice(from, to));
  }
}

const EVER = { from: '2000-01-01T00:00:00.000Z', before: '2100-01-01T00:00:00.000Z' };
const PAGING = { direction: 'asc', limit: 1000 } as const;

/** A campaign of random people, and what is asked of its analytics: everything there ever was. */
export function everOf(workspace: string, campaignId: string) {
  return { workspace, campaignIds: [campaignId], ...EVER };
}

/** Everything that the views hold, in a form that can be compared. */
export async function contents<Transaction>(store: ViewStore<Transaction>): Promise<readonly unknown[]> {
  return Promise.all(
    PLACES.map(async ([workspace, campaignId]) => ({
      campaigns: await store.campaigns.list({ workspace, sort: 'created', ...PAGING }),
      participants: await store.participants.list({ workspace, campaignId, sort: 'createdAt', ...PAGING }),
      communications: await store.communications.list({ workspace, of: { campaignId }, ...PAGING }),
      summaries: await summariesOf(store, workspace, campaignId),
      sessions: await sessionsOf(store, workspace),
      counters: texts(await store.counters.of(workspace, campaignId)),
      activity: await activityOf(store, workspace, campaignId),
    })),
  );
}

function texts(rows: readonly object[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row, sortedMembers)).toSorted();
}

async function summariesOf<Transaction>(
  store: ViewStore<Transaction>,
  workspace: string,
  campaignId: string,
): Promise<readonly string[]> {
  const { lines } = await store.communications.list({ workspace, of: { campaignId }, ...PAGING });
  const lives = new Map(lines.map(({ participantId: id, life }) => [`${id} ${life}`, { id, life }]));
  return texts(await store.communications.summaries(workspace, [...lives.values()]));
}

async function sessionsOf<Transaction>(store: ViewStore<Transaction>, workspace: string): Promise<readonly unknown[]> {
  const { lines } = await store.sessions.list({ workspace, ...PAGING });
  return Promise.all(lines.map(async (line) => [line, await store.sessions.messages(workspace, line.id)]));
}

async function activityOf<Transaction>(
  store: ViewStore<Transaction>,
  workspace: string,
  campaignId: string,
): Promise<readonly unknown[]> {
  const query = everOf(workspace, campaignId);
  return [
    texts(await store.activity.sums(query)),
    texts(await store.activity.visits(query)),
    texts(await store.activity.points(query, 'hour', 'UTC')),
    texts(await store.activity.points(query, 'day', 'Asia/Dubai')),
    texts(await store.activity.points(query, 'hour', 'Australia/Lord_Howe')),
    texts(await store.activity.points(query, 'day', 'Asia/Kathmandu')),
    texts(await store.activity.points(query, 'week', 'America/New_York')),
  ];
}

/** No order of members means anything. */
function sortedMembers(_: string, value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.fromEntries(Object.entries(value).toSorted()) : value;
}
