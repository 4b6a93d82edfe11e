import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COMMUNICATION_STATUSES } from '@poinciana/campaign-definition';
import { categoryOf, type StoredEvent } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import { CAMPAIGN, idOf, instantAt, OTHER_CAMPAIGN, OTHER_WORKSPACE, SpecLog, WORKSPACE } from '../../../test/stored-events.js';
import { inMemoryStore, PostgresStore, type ViewStore } from '../../../test/view-stores.js';
import { communicationChanges } from '../communications/communication-changes.js';
import { participantChanges } from '../participants/participant-changes.js';
import { flowRunFacts } from '../runs/flow-run-facts.js';
import type { Counted, Measure } from './campaign-counter.js';

const PEOPLE = 5;
const PAIRS = [
  [WORKSPACE, CAMPAIGN],
  [WORKSPACE, OTHER_CAMPAIGN],
  [OTHER_WORKSPACE, CAMPAIGN],
] as const;
const PATHS = [
  [{ nodeId: 'created', type: 'participant-created', output: 'out' }, { nodeId: 'remind', type: 'whatsapp-communication', output: 'out' }],
  [{ nodeId: 'created', type: 'participant-created', output: 'out' }, { nodeId: 'check', type: 'field-check', output: 'else' }],
  [{ nodeId: 'remind', type: 'whatsapp-communication', output: 'out', code: 'already_in_progress' }],
];
const STAGES = ['Planned', 'Started', 'Delivered', 'Read', 'Replied'] as const;

/** What may happen next to a person; what is not possible now is left out by the history. */
const step = fc.record({
  person: fc.nat(PEOPLE - 1),
  what: fc.constantFrom('upsert', 'delete', 'run', 'cut', 'plan', 'advance', 'end'),
  choice: fc.nat(9),
});

/** A legal history of a few people of two workspaces and two campaigns: lives, runs, communications that only go forward and end once. */
function historyOf(steps: readonly { readonly person: number; readonly what: string; readonly choice: number }[]): readonly StoredEvent[] {
  const log = new SpecLog();
  const lives = new Map<number, { life: number; isThere: boolean }>();
  const open = new Map<number, { id: string; stage: number; name: string }[]>();
  for (const { person, what, choice } of steps) {
    const [workspace, campaignId] = PAIRS[person % PAIRS.length] ?? PAIRS[0];
    const id = idOf(`person ${person}`);
    const place = { workspace };
    const known = lives.get(person) ?? { life: 0, isThere: false };
    const communications = open.get(person) ?? [];
    const current = communications[choice % Math.max(1, communications.length)];
    const described = { participantId: id, campaignId, life: known.life };
    if (what === 'upsert') {
      const life = known.isThere ? known.life : known.life + 1;
      lives.set(person, { life, isThere: true });
      const type = known.isThere ? 'ParticipantUpdated' : 'ParticipantCreated';
      log.participant(type, { id, campaignId, life }, { name: `P${choice}` }, { ...place, uploadId: idOf(`upload ${choice % 3}`) });
    } else if (!known.isThere) continue;
    else if (what === 'delete') {
      lives.set(person, { ...known, isThere: false });
      log.participant('ParticipantDeleted', { id, campaignId, life: known.life }, {}, place);
    } else if (what === 'run') {
      const event = log.run(id, PATHS[choice % PATHS.length] ?? [], { campaignId, flowId: choice > 5 ? 'second' : 'flow' });
      log.events[log.events.length - 1] = { ...event, workspace };
    } else if (what === 'cut') {
      const event = log.run(id, [], { campaignId, flowVersion: 0 }, 'too_many_runs');
      log.events[log.events.length - 1] = { ...event, workspace };
    } else if (what === 'plan') {
      const planned = { id: idOf(`communication ${log.events.length}`), stage: 0, name: `NAME_${choice % 2}` };
      open.set(person, [...communications, planned]);
      log.communication('CommunicationPlanned', { ...described, id: planned.id, name: planned.name, status: 'Planned' }, place);
    } else if (current !== undefined && what === 'advance') {
      current.stage = Math.min(current.stage + 1, STAGES.length - 1);
      const status = STAGES[current.stage] ?? 'Started';
      log.communication(`Communication${status}`, { ...described, id: current.id, name: current.name, status, startedAt: instantAt(1) }, place);
    } else if (current !== undefined && what === 'end') {
      open.set(person, communications.filter((each) => each !== current));
      const [status, code] = (['Completed', 'NoResponse', 'Skipped', 'Canceled'] as const).map((each, index) => [each, index < 2 ? undefined : 'window_missed'] as const)[choice % 4] ?? ['Completed'];
      log.communication('CommunicationEnded', { ...described, id: current.id, name: current.name, status, endedAt: instantAt(2), ...(code === undefined ? {} : { code }) }, place);
    }
  }
  return log.events;
}

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
    PAIRS.map(async ([workspace, campaignId]) => ({
      participants: await store.participants.list({ workspace, campaignId, sort: 'createdAt', ...paging }),
      communications: await store.communications.list({ workspace, of: { campaignId }, ...paging }),
      counters: (await store.counters.of(workspace, campaignId)).map((counter) => JSON.stringify(Object.entries(counter).toSorted())).toSorted(),
    })),
  );
}

async function checkInvariants<Transaction>(store: ViewStore<Transaction>, events: readonly StoredEvent[]): Promise<void> {
  for (const [workspace, campaignId] of PAIRS) {
    const counters = await store.counters.of(workspace, campaignId);
    const sum = (measure: Measure, fits: (counter: Counted) => boolean = () => true) =>
      counters.filter((counter) => counter.measure === measure && fits(counter)).reduce((total, { count }) => total + count, 0);
    const list = { workspace, direction: 'asc', limit: 1000 } as const;
    expect(sum('participants')).toBe((await store.participants.list({ ...list, campaignId, sort: 'name' })).total);
    const { lines } = await store.communications.list({ ...list, of: { campaignId } });
    expect(sum('communications')).toBe(lines.length);
    for (const status of COMMUNICATION_STATUSES) {
      expect(sum('communications', ({ state }) => state === status)).toBe(lines.filter((line) => line.status === status).length);
    }
    const runs = flowRunFacts(events.filter(({ stream }) => categoryOf(stream) === 'flow-runs')).filter(
      (run) => run.workspace === workspace && run.campaignId === campaignId,
    );
    expect(sum('runs')).toBe(runs.length);
    expect(sum('notes')).toBe(runs.flatMap(({ notes }) => notes).length);
    const walkers = runs.filter(({ path }) => path !== '').map(({ participantId, flowId, trigger }) => `${participantId} ${flowId} ${trigger}`);
    expect(sum('people')).toBe(new Set(walkers).size);
    expect(counters.every(({ count }) => count > 0)).toBe(true);
  }
}

/** Batches that overlap as they do after cuts: each begins somewhere in what was handled, never behind it. */
const cuts = fc.array(fc.record({ events: fc.integer({ min: 1, max: 12 }), back: fc.nat(8) }), { minLength: 1, maxLength: 12 });

async function projectInPieces<Transaction>(
  store: ViewStore<Transaction>,
  events: readonly StoredEvent[],
  pieces: readonly { readonly events: number; readonly back: number }[],
): Promise<void> {
  let done = 0;
  for (let turn = 0; done < events.length; turn += 1) {
    const piece = pieces[turn % pieces.length] ?? { events: 1, back: 0 };
    const from = Math.max(0, done - (turn < 2 * events.length ? piece.back : 0));
    const end = Math.min(events.length, Math.max(from + piece.events, turn < 2 * events.length ? 0 : done + 1));
    await project(store, events.slice(from, end));
    done = Math.max(done, end);
  }
}

describe('the numbers of a campaign', () => {
  let postgres: PostgresStore;
  beforeAll(async () => {
    postgres = await PostgresStore.start();
  });
  afterAll(() => postgres.stop());

  const histories = fc.array(step, { minLength: 1, maxLength: 60 }).map(historyOf);

  it('come out the same in any batches, with repeated ones, in memory', async () => {
    await fc.assert(
      fc.asyncProperty(histories, cuts, async (events, pieces) => {
        const [inPieces, atOnce] = [inMemoryStore(), inMemoryStore()];
        await projectInPieces(inPieces, events, pieces);
        await project(atOnce, events);
        expect(await contents(inPieces)).toEqual(await contents(atOnce));
        await checkInvariants(inPieces, events);
      }),
      { numRuns: 150 },
    );
  });

  it('come out the same in PostgreSQL as in memory, in any batches, with repeated ones', async () => {
    await fc.assert(
      fc.asyncProperty(histories, cuts, async (events, pieces) => {
        await postgres.empty();
        const atOnce = inMemoryStore();
        await projectInPieces(postgres.views(), events, pieces);
        await project(atOnce, events);
        expect(await contents(postgres.views())).toEqual(await contents(atOnce));
        await checkInvariants(postgres.views(), events);
      }),
      { numRuns: 20 },
    );
  });
});
