import { describe, expect, test } from '@jest/globals';
import type { flowRuns } from '@poinciana/contracts';
import { type StoredEvent, streamName } from '@poinciana/event-sourcing';
import { underAllCuts } from '@poinciana/event-sourcing/testing';
import fc from 'fast-check';
import { FlowWorld, personId } from '../../test/flow-world.js';

const UNPAID = { name: 'Anna', phone: '34600000001', is_payment_received: false, due_date: '2026-11-22', amount: 10 };
const PAID = { ...UNPAID, is_payment_received: true };

function completed(event: StoredEvent | undefined): flowRuns.FlowRunCompleted {
  return event?.data as flowRuns.FlowRunCompleted;
}

describe('a trigger in an Active campaign', () => {
  test('runs the flow and plans what it asks for', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.start();
    await world.create(1, UNPAID);
    await world.readAll();
    const [run, ...more] = await world.runsOf(1);
    expect(more).toEqual([]);
    expect(completed(run).plans).toMatchObject([{ name: 'REMINDED_DUE_DATE', channelType: 'whatsapp' }]);
    expect(completed(run).run).toMatchObject({
      trigger: 'participant-created',
      caughtUp: false,
      flowVersion: 1,
      life: 1,
    });
  });

  test('sees what the run before it planned, though nobody else knows of it yet (A1)', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.start();
    await world.create(1, UNPAID);
    await world.update(1, { amount: 20 });
    await world.readAll();
    const [first, second] = await world.runsOf(1);
    expect(completed(first).plans).toHaveLength(1);
    expect(completed(second).plans).toHaveLength(0);
    expect(completed(second).path.at(-1)).toMatchObject({ code: 'already_in_progress' });
  });

  test('a final reminder without a response is followed up (A4)', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.start();
    await world.create(1, UNPAID);
    await world.readAll();
    const [run] = await world.runsOf(1);
    const id = completed(run).plans[0]?.communicationId ?? '';
    await world.communicate(1, id, 'CommunicationStarted', 'Started', 'REMINDED_DUE_DATE');
    await world.communicate(1, id, 'CommunicationEnded', 'NoResponse', 'REMINDED_DUE_DATE');
    await world.readAll();
    const [, followUp] = await world.runsOf(1);
    expect(completed(followUp).plans).toMatchObject([{ name: 'FOLLOWED_UP' }]);
  });
});

describe('an erasure', () => {
  test('leaves nothing personal of her in the runs, nor in what is kept, whatever comes behind it', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.start();
    await world.create(1, { ...UNPAID, name: 'Lovelace' });
    await world.readAll();
    const [run] = await world.runsOf(1);
    const id = completed(run).plans[0]?.communicationId ?? '';
    expect(run?.personal).toBeDefined();
    await world.erase(1);
    await world.communicate(1, id, 'CommunicationEnded', 'Canceled', 'REMINDED_DUE_DATE');
    await world.readAll();
    expect((await world.runsOf(1)).map(({ personal }) => personal)).toEqual([undefined]);
    expect(await world.kept(1)).toMatchObject({ phase: 'deleted', seen: { values: {}, openCommunications: [] } });
  });

  test('runs nothing of a pause for somebody who was deleted before Start was caught up (A19)', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.create(1, UNPAID);
    await world.readAll();
    await world.start();
    while (await world.read());
    await world.erase(1);
    await world.readAll();
    expect(await world.runsOf(1)).toEqual([]);
  });
});

describe('a pause (A2)', () => {
  test('uploading before Start is the normal order: Start works it off, once', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.create(1, UNPAID);
    await world.create(2, PAID);
    await world.readAll();
    expect(await world.runs(3)).toEqual([[], [], []]);
    await world.start();
    await world.readAll();
    const [run, ...more] = await world.runsOf(1);
    expect(more).toEqual([]);
    expect(completed(run).run).toMatchObject({ caughtUp: true });
    await world.stop();
    await world.start();
    await world.readAll();
    expect(await world.runsOf(1)).toHaveLength(1);
  });

  test('newcomers only: those who waited are left alone for ever', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.create(1, UNPAID);
    await world.start('newcomersOnly');
    await world.create(2, UNPAID);
    await world.readAll();
    await world.stop();
    await world.start('run');
    await world.readAll();
    expect(await world.runsOf(1)).toEqual([]);
    expect(await world.runsOf(2)).toHaveLength(1);
  });

  test('an end that falls into it keeps its follow-up, an update does not run', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.start();
    await world.create(1, UNPAID);
    await world.readAll();
    const id = completed((await world.runsOf(1))[0]).plans[0]?.communicationId ?? '';
    await world.communicate(1, id, 'CommunicationStarted', 'Started', 'REMINDED_DUE_DATE');
    await world.stop();
    await world.communicate(1, id, 'CommunicationEnded', 'NoResponse', 'REMINDED_DUE_DATE');
    await world.readAll();
    expect(await world.runsOf(1)).toHaveLength(1);
    await world.start();
    await world.readAll();
    expect(completed((await world.runsOf(1))[1]).plans).toMatchObject([{ name: 'FOLLOWED_UP' }]);
  });

  test('a live event behind Start works off its own marks first', async () => {
    const world = new FlowWorld();
    await world.define();
    await world.create(1, UNPAID);
    await world.start();
    await world.update(1, { amount: 20 });
    while (await world.read());
    const [caughtUp, live] = await world.runsOf(1);
    expect(completed(caughtUp).run.caughtUp).toBe(true);
    expect(completed(live).path.at(-1)).toMatchObject({ code: 'already_in_progress' });
    await world.catchUpOnce();
    expect(await world.runsOf(1)).toHaveLength(2);
  });
});

test('whoever the log refuses in a catch-up holds up nobody else', async () => {
  const world = new FlowWorld();
  await world.define();
  for (const person of [1, 2, 3]) await world.create(person, UNPAID);
  await world.start();
  while (await world.read());
  const append = world.store.append.bind(world.store);
  const refused = streamName('flow-runs', personId(2));
  world.store.append = async (writes) => {
    if (writes.some(({ stream }) => stream === refused)) throw new RangeError('An event is too large');
    return append(writes);
  };
  await expect(world.catchUpOnce()).rejects.toThrow(RangeError);
  expect((await world.runs(4)).map(({ length }) => length)).toEqual([0, 1, 0, 1]);
  expect((await world.kept(1))?.marks).toEqual([]);
  expect((await world.kept(2))?.marks).toHaveLength(1);
});

test('under every cut the same input leads to the same runs', async () => {
  const tellings: unknown[] = [];
  const cuts = await underAllCuts(async (cut) => {
    const world = new FlowWorld(cut);
    await world.define();
    await world.create(1, UNPAID);
    await world.create(2, UNPAID);
    await world.start();
    await world.create(3, UNPAID);
    await world.update(1, { amount: 20 });
    await world.update(3, { is_payment_received: true });
    while (await world.read(3));
    await world.catchUpOnce();
    tellings.push(await world.runs(4));
  });
  expect(cuts).toBeGreaterThan(20);
  for (const telling of tellings) expect(telling).toEqual(tellings[0]);
});

/** What may happen, in any order. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('create' as const), person: fc.nat(2), paid: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('update' as const), person: fc.nat(2), amount: fc.nat(3) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      person: fc.nat(2),
      status: fc.constantFrom('NoResponse', 'Completed'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('start' as const),
      answer: fc.constantFrom('run' as const, 'newcomersOnly' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stop' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** Ends are of communications that the first telling planned; the second replays the same log. */
async function happen(world: FlowWorld, what: Step, state: { active: boolean }): Promise<void> {
  switch (what.kind) {
    case 'create':
      return world.create(what.person, what.paid ? PAID : UNPAID);
    case 'update':
      return world.update(what.person, { amount: what.amount });
    case 'start':
      return state.active ? undefined : ((state.active = true), world.start(what.answer));
    case 'stop':
      return state.active ? ((state.active = false), world.stop()) : undefined;
    case 'end': {
      const runs = await world.runsOf(what.person);
      const planned = runs.flatMap((run) => completed(run).plans ?? []).at(-1);
      if (planned === undefined) return;
      return world.communicate(what.person, planned.communicationId, 'CommunicationEnded', what.status, planned.name);
    }
  }
}

test('the outcome depends on the order of the log only, not on how it is read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 6 }), catchUp: fc.boolean() }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (steps, reads) => {
        const told = new FlowWorld();
        await told.define();
        const state = { active: false };
        for (const what of steps) {
          await happen(told, what, state);
          await told.readAll();
        }
        const again = await told.retold();
        for (let round = 0; ; round++) {
          const { size, catchUp } = reads[round % reads.length] ?? { size: 1, catchUp: true };
          if (!(await again.read(size))) break;
          if (catchUp) await again.catchUpOnce();
        }
        await again.readAll();
        expect(await again.runs(3)).toEqual(await told.runs(3));
      },
    ),
    { numRuns: 150 },
  );
});
