import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COMMUNICATION_STATUSES } from '@poinciana/campaign-definition';
import { categoryOf, type StoredEvent } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import { PLACES, randomHistory } from '../../../test/random-history.js';
import { inMemoryStore, PostgresStore, type ViewStore } from '../../../test/view-stores.js';
import { communicationChanges } from '../communications/communication-changes.js';
import { participantChanges } from '../participants/participant-changes.js';
import { flowRunFacts } from '../runs/flow-run-facts.js';
import type { Counted, Measure } from './campaign-counter.js';

async function project<Transaction>(store: ViewStore<Transaction>, events: readonly StoredEvent[]): Promise<void> {
  const of = (category: string) => events.filter(({ stream }) => categoryOf(stream) === category);
  if (events.length === 0) return;
  await store.commit(store.participants.write(participantChanges(of('participant'))));
  await store.commit(store.communications.write(communicationChanges(of('communication'))));
  await store.commit(store.paths.write(flowRunFacts(of('flow-runs'))));
}

/** Everything that the views hold, in a form that can be compared. */
async function contents<Transaction>(store: ViewStore<Transaction>): Promise<readonly unknown[]> {
  const paging = { direction: 'asc', limit: 1000 } as const;
  return Promise.all(
    PLACES.map(async ([workspace, campaignId]) => ({
      participants: await store.participants.list({ workspace, campaignId, sort: 'createdAt', ...paging }),
      communications: await store.communications.list({ workspace, of: { campaignId }, ...paging }),
      counters: (await store.counters.of(workspace, campaignId))
        .map((counter) => JSON.stringify(Object.entries(counter).toSorted()))
        .toSorted(),
      activity: await activityOf(store, workspace, campaignId),
    })),
  );
}

const EVER = { from: '2000-01-01T00:00:00.000Z', before: '2100-01-01T00:00:00.000Z' };

async function activityOf<Transaction>(
  store: ViewStore<Transaction>,
  workspace: string,
  campaignId: string,
): Promise<readonly unknown[]> {
  const query = { workspace, campaignIds: [campaignId], ...EVER };
  const texts = (rows: readonly object[]) =>
    rows.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted();
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

async function checkActivity<Transaction>(
  store: ViewStore<Transaction>,
  place: { readonly workspace: string; readonly campaignId: string },
  runs: ReturnType<typeof flowRunFacts>,
): Promise<void> {
  const { workspace, campaignId } = place;
  const query = { workspace, campaignIds: [campaignId], ...EVER };
  const sums = await store.activity.sums(query);
  const sum = (rows: readonly { readonly count: number }[]) => rows.reduce((total, { count }) => total + count, 0);
  const of = (moment: string) => sums.filter((row) => row.moment === moment);
  const list = { workspace, direction: 'asc', limit: 1000 } as const;
  const { lines } = await store.communications.list({ ...list, of: { campaignId } });
  expect(sum(of('joined'))).toBe((await store.participants.list({ ...list, campaignId, sort: 'name' })).total);
  expect(sum(of('planned'))).toBe(lines.length);
  expect(sum(of('started'))).toBe(lines.filter(({ startedAt }) => startedAt !== null).length);
  expect(sum(of('replied'))).toBe(lines.filter(({ repliedAt }) => repliedAt !== null).length);
  expect(sum(of('ended'))).toBe(lines.filter(({ endedAt }) => endedAt !== null).length);
  for (const status of COMMUNICATION_STATUSES) {
    const inStatus = lines.filter((line) => line.status === status).length;
    expect(sum(of('planned').filter(({ state }) => state === status))).toBe(inStatus);
  }
  expect(sum(await store.activity.visits(query))).toBe(runs.flatMap(({ visits }) => visits).length);
  expect(sum(await store.activity.points(query, 'day', 'Europe/Madrid'))).toBe(sum(sums));
}

async function checkInvariants<Transaction>(
  store: ViewStore<Transaction>,
  events: readonly StoredEvent[],
): Promise<void> {
  for (const [workspace, campaignId] of PLACES) {
    const counters = await store.counters.of(workspace, campaignId);
    const sum = (measure: Measure, fits: (counter: Counted) => boolean = () => true) =>
      counters
        .filter((counter) => counter.measure === measure && fits(counter))
        .reduce((total, { count }) => total + count, 0);
    const list = { workspace, direction: 'asc', limit: 1000 } as const;
    expect(sum('participants')).toBe((await store.participants.list({ ...list, campaignId, sort: 'name' })).total);
    const { lines } = await store.communications.list({ ...list, of: { campaignId } });
    expect(sum('communications')).toBe(lines.length);
    for (const status of COMMUNICATION_STATUSES) {
      expect(sum('communications', ({ state }) => state === status)).toBe(
        lines.filter((line) => line.status === status).length,
      );
    }
    const runs = flowRunFacts(events.filter(({ stream }) => categoryOf(stream) === 'flow-runs')).filter(
      (run) => run.workspace === workspace && run.campaignId === campaignId,
    );
    expect(sum('runs')).toBe(runs.length);
    expect(sum('notes')).toBe(runs.flatMap(({ notes }) => notes).length);
    const walkers = runs
      .filter(({ path }) => path !== '')
      .map(({ participantId, flowId, trigger }) => `${participantId} ${flowId} ${trigger}`);
    expect(sum('people')).toBe(new Set(walkers).size);
    expect(counters.every(({ count }) => count > 0)).toBe(true);
    await checkActivity(store, { workspace, campaignId }, runs);
  }
}

interface Piece {
  readonly events: number;
  readonly back: number;
}

/** Batches as they come after cuts: each begins somewhere in what was handled, and may end there too. */
const cuts = fc.array(fc.record({ events: fc.integer({ min: 1, max: 12 }), back: fc.nat(15) }), {
  minLength: 3,
  maxLength: 12,
});
/** After so many turns for each event nothing is repeated any more, so that every history ends. */
const REPEATS_MAX = 2;

async function projectInPieces<Transaction>(
  store: ViewStore<Transaction>,
  events: readonly StoredEvent[],
  pieces: readonly Piece[],
): Promise<void> {
  let done = 0;
  for (let turn = 0; done < events.length; turn += 1) {
    const piece = pieces[turn % pieces.length] ?? { events: 1, back: 0 };
    const from = turn < REPEATS_MAX * events.length ? Math.max(0, done - piece.back) : done;
    await project(store, events.slice(from, from + piece.events));
    done = Math.max(done, from + piece.events);
  }
}

describe('the numbers of a campaign', () => {
  let postgres: PostgresStore;
  beforeAll(async () => {
    postgres = await PostgresStore.start();
  });
  afterAll(() => postgres.stop());

  it('come out the same in any batches, with repeated ones, in memory', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, cuts, async (events, pieces) => {
        const [inPieces, atOnce] = [inMemoryStore(), inMemoryStore()];
        await projectInPieces(inPieces, events, pieces);
        await project(atOnce, events);
        expect(await contents(inPieces)).toEqual(await contents(atOnce));
        await checkInvariants(inPieces, events);
      }),
      { numRuns: 100 },
    );
  });

  it('come out the same in PostgreSQL as in memory, in any batches, with repeated ones', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, cuts, async (events, pieces) => {
        await postgres.empty();
        const atOnce = inMemoryStore();
        await projectInPieces(postgres.views(), events, pieces);
        await project(atOnce, events);
        expect(await contents(postgres.views())).toEqual(await contents(atOnce));
        await checkInvariants(postgres.views(), events);
      }),
      { numRuns: 30 },
    );
  });
});
