import { describe, expect, test } from '@jest/globals';
import type { flowRuns } from '@poinciana/contracts';
import type { Flow, FlowNode, TriggerType } from '@poinciana/campaign-definition';
import { derivedId } from '@poinciana/event-sourcing';
import { AGENT, CHANNEL, FLOW, FlowWorld } from '../../test/flow-world.js';
import { concernsFlows } from '../domain/trigger-of-event.js';

const VALUES = { name: 'Anna', phone: '34600000001' };

/** One trigger that ends what is open; and Participant Created, which plans one message through the agent. */
function flowWith(trigger: TriggerType): Flow {
  const send: FlowNode = {
    id: 'send',
    type: 'whatsapp-communication',
    name: 'Send',
    settings: {
      communicationName: 'A',
      agentId: AGENT,
      channelId: CHANNEL,
      baseDate: { source: 'today', offset: { days: 1 } },
      hours: { mode: 'best' },
      durationHours: 1,
      reentry: 'always',
      template: { name: 'payment_reminder', language: 'en', variables: [] },
    },
  };
  const created = { id: 'created', type: 'participant-created', name: 'Created', settings: {} };
  const fired = { id: 'fired', type: trigger, name: 'Fired', settings: {} };
  const isCreated = trigger === 'participant-created';
  return {
    id: FLOW,
    name: 'Flow',
    nodes: isCreated ? [created, send] : [created, fired, send],
    edges: [
      { from: 'created', output: 'out', to: 'send' },
      ...(isCreated ? [] : [{ from: 'fired', output: 'out', to: 'send' }]),
    ],
  };
}

async function given(trigger: TriggerType): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.define(flowWith(trigger));
  await world.start();
  await world.create(1, VALUES);
  await world.readAll();
  return world;
}

/** The runs after the first, which Participant Created fired. */
async function later(world: FlowWorld): Promise<readonly flowRuns.FlowRunCompleted[]> {
  await world.readAll();
  const [, ...runs] = await world.runsOf(1);
  return runs.map((event) => event.data as flowRuns.FlowRunCompleted);
}

/** When the only plan of somebody's first run is to be sent. */
async function timingOf(world: FlowWorld, person: number): Promise<object | undefined> {
  const [run] = await world.runsOf(person);
  const { plans } = (run?.data ?? { plans: [] }) as Pick<flowRuns.FlowRunCompleted, 'plans'>;
  return plans[0]?.timing;
}

const triggersOf = (runs: readonly flowRuns.FlowRunCompleted[]) => runs.map((run) => run.run?.trigger);

describe('Participant Created', () => {
  test('fires once; values that come later are an update', async () => {
    const world = await given('participant-created');
    await world.update(1, { amount: 5 });
    expect(await later(world)).toEqual([]);
    expect(await world.runsOf(1)).toHaveLength(1);
  });
});

describe('Participant Updated', () => {
  test('fires for each change and names the fields that changed', async () => {
    const world = await given('participant-updated');
    await world.update(1, { amount: 5, due_date: '2026-11-22' });
    await world.update(1, { amount: 6 });
    const runs = await later(world);
    expect(triggersOf(runs)).toEqual(['participant-updated', 'participant-updated']);
    expect(runs.map((run) => run.path[0]?.['fields'])).toEqual([['amount', 'due_date'], ['amount']]);
  });
});

describe('[W]3: Communication Updated and Communication Ended', () => {
  test.each(['Started', 'Delivered', 'Read', 'Replied'])('%s fires Communication Updated', async (status) => {
    const world = await given('communication-updated');
    await world.communicate(1, await world.planned(1), `Communication${status}`, status, 'A');
    expect(triggersOf(await later(world))).toEqual(['communication-updated']);
  });

  test('a change of result data while it is in progress fires Communication Updated', async () => {
    const world = await given('communication-updated');
    await world.communicate(1, await world.planned(1), 'CommunicationResultsChanged', 'Replied', 'A');
    expect(triggersOf(await later(world))).toEqual(['communication-updated']);
  });

  test.each(['CommunicationPlanned', 'CommunicationReplanned', 'DispatchRequested', 'SignalNoted'])(
    '%s fires nothing',
    async (type) => {
      for (const trigger of ['communication-updated', 'communication-ended'] as const) {
        const world = await given(trigger);
        await world.communicate(1, await world.planned(1), type, 'Planned', 'A');
        expect(await later(world)).toEqual([]);
      }
    },
  );

  test.each(['Completed', 'NoResponse', 'Failed', 'Canceled', 'Skipped'])(
    '%s fires Communication Ended',
    async (status) => {
      const world = await given('communication-ended');
      await world.communicate(1, await world.planned(1), 'CommunicationEnded', status, 'A');
      expect(triggersOf(await later(world))).toEqual(['communication-ended']);
    },
  );

  test('the same event again fires nothing more', async () => {
    const world = await given('communication-ended');
    await world.communicate(1, await world.planned(1), 'CommunicationEnded', 'Completed', 'A');
    await world.readAll();
    const again = await world.retold();
    await again.readAll();
    expect(await again.runs(2)).toEqual(await world.runs(2));
  });
});

describe('a communication that failed and that a person lets be tried again', () => {
  const AGAIN = derivedId('tried again');

  /** The second run, which an update fires while the first communication, or the one that tries it again, goes on. */
  async function whileTriedAgain(edit: (flow: Flow) => Flow): Promise<flowRuns.FlowRunCompleted | undefined> {
    const world = new FlowWorld();
    await world.define(edit(flowWith('participant-updated')));
    await world.start();
    await world.create(1, VALUES);
    await world.readAll();
    const failed = await world.planned(1);
    await world.communicate(1, failed, 'CommunicationStarted', 'Started', 'A');
    await world.communicate(1, failed, 'CommunicationEnded', 'Failed', 'A');
    await world.communicate(1, AGAIN, 'CommunicationPlanned', 'Planned', 'A');
    await world.communicate(1, AGAIN, 'CommunicationStarted', 'Started', 'A');
    await world.update(1, { amount: 5 });
    return (await later(world)).at(-1);
  }

  test('is ended by Cancel Communications ([C]12, A20)', async () => {
    const cancel: FlowNode = { id: 'cancel', type: 'cancel-communications', name: 'Cancel', settings: {} };
    const run = await whileTriedAgain((flow) => ({
      ...flow,
      nodes: [...flow.nodes, cancel],
      edges: flow.edges.map((edge) => (edge.from === 'fired' ? { ...edge, to: 'cancel' } : edge)),
    }));
    expect(run?.cancels.map(({ communicationIds }) => communicationIds)).toEqual([[AGAIN]]);
  });

  test('keeps its name in progress ([W]11)', async () => {
    const run = await whileTriedAgain((flow) => ({
      ...flow,
      nodes: flow.nodes.map((node) =>
        node.id === 'send' ? { ...node, settings: { ...node.settings, reentry: 'inProgress' } } : node,
      ),
    }));
    expect(run?.plans).toEqual([]);
    expect(run?.path.at(-1)).toMatchObject({ nodeId: 'send', code: 'already_in_progress' });
  });
});

describe('the plan of a run', () => {
  const actor = 'service:communication-dispatch';

  test('concerns nobody: she is not even read for it', () => {
    expect(concernsFlows({ type: 'CommunicationPlanned', actor })).toBe(false);
    expect(concernsFlows({ type: 'CommunicationPlanned', actor: 'user:anna' })).toBe(true);
  });
});

describe('what a flow has canceled', () => {
  test('does not come back with an event from before its channel heard of it (A1)', async () => {
    const world = new FlowWorld();
    const flow = flowWith('communication-updated');
    const cancel: FlowNode = { id: 'cancel', type: 'cancel-communications', name: 'Cancel', settings: {} };
    const edges = flow.edges.map((edge) => (edge.from === 'fired' ? { ...edge, to: 'cancel' } : edge));
    await world.define({ ...flow, nodes: [...flow.nodes, cancel], edges });
    await world.start();
    await world.create(1, VALUES);
    await world.readAll();
    const id = await world.planned(1);
    await world.communicate(1, id, 'CommunicationStarted', 'Started', 'A');
    await world.communicate(1, id, 'CommunicationDelivered', 'Delivered', 'A');
    const runs = await later(world);
    expect(runs.map(({ cancels }) => cancels.flatMap((each) => each.communicationIds))).toEqual([[id], []]);
  });
});

describe('[W]4, A17: Incoming Session', () => {
  test('fires where an active flow writes through the agent', async () => {
    const world = await given('incoming-session');
    await world.session(1, AGENT);
    expect(triggersOf(await later(world))).toEqual(['incoming-session']);
  });

  test('another agent concerns the campaign as little as a session that falls into a pause', async () => {
    const world = await given('incoming-session');
    await world.session(1, CHANNEL);
    await world.stop();
    await world.session(1, AGENT);
    await world.start();
    expect(await later(world)).toEqual([]);
  });
});

describe('[C]5, A69: Best time to contact', () => {
  test('is the hour in which she read or replied three times, whatever the channel', async () => {
    const world = await given('participant-updated');
    const id = await world.planned(1);
    for (const [type, status] of [
      ['CommunicationRead', 'Read'],
      ['CommunicationReplied', 'Replied'],
    ] as const)
      await world.communicate(1, id, type, status, 'A');
    await world.update(1, { amount: 1 });
    await world.communicate(1, id, 'CommunicationRead', 'Read', 'A');
    await world.update(1, { amount: 2 });
    const runs = await later(world);
    expect(runs.map((run) => run.plans[0]?.timing)).toMatchObject([
      { hours: 'default', from: '10:00', to: '18:00' },
      { hours: 'customer', from: '08:00', to: '09:00' },
    ]);
  });

  /** What a run of somebody else of the same customer plans, after so many signals of the first in an earlier batch or the same. */
  async function ofAnother(meanwhile: (world: FlowWorld) => Promise<void>, isReadBetween: boolean) {
    const world = await given('participant-created');
    const id = await world.planned(1);
    for (let signal = 1; signal <= 3; signal += 1) await world.communicate(1, id, 'CommunicationRead', 'Read', 'A');
    if (isReadBetween) await world.readAll();
    await meanwhile(world);
    world.belong(2, 1);
    await world.create(2, VALUES);
    await world.readAll();
    return timingOf(world, 2);
  }

  const nothing = async (): Promise<void> => undefined;

  test.each([true, false])(
    'is that of her customer, whatever participant it was (read between: %p)',
    async (between) => {
      expect(await ofAnother(nothing, between)).toMatchObject({ hours: 'customer', from: '08:00', to: '09:00' });
    },
  );

  test.each([true, false])('is known still when that participant is deleted (read between: %p)', async (between) => {
    const timing = await ofAnother((world) => world.remove(1), between);
    expect(timing).toMatchObject({ hours: 'customer', from: '08:00', to: '09:00' });
  });

  test.each([true, false])('is forgotten when the customer is erased (read between: %p)', async (between) => {
    const erase = async (world: FlowWorld): Promise<void> => {
      const id = await world.planned(1);
      await world.erase(1);
      // Whoever said so last had not heard of it.
      for (let signal = 1; signal <= 3; signal += 1) await world.communicate(1, id, 'CommunicationRead', 'Read', 'A');
      await world.readAll();
    };
    expect(await ofAnother(erase, between)).toMatchObject({ hours: 'default' });
  });

  test('is that of her customer for those who waited for a Start, too', async () => {
    const world = await given('participant-created');
    const id = await world.planned(1);
    await world.stop();
    world.belong(2, 1);
    await world.create(2, VALUES);
    for (let signal = 1; signal <= 3; signal += 1) await world.communicate(1, id, 'CommunicationRead', 'Read', 'A');
    await world.start();
    await world.readAll();
    expect(await timingOf(world, 2)).toMatchObject({ hours: 'customer', from: '08:00', to: '09:00' });
  });

  test('is the hour of the workspace for that channel, where she never read or replied', async () => {
    const world = await given('participant-created');
    const id = await world.planned(1);
    for (let signal = 1; signal <= 3; signal += 1) {
      await world.communicate(1, id, 'CommunicationRead', 'Read', 'A');
      await world.readAll();
    }
    // What was known before counts for a minute; every event takes a second.
    for (let second = 1; second <= 60; second += 1) await world.update(1, { amount: second });
    await world.readAll();
    await world.create(2, VALUES);
    await world.readAll();
    expect(await timingOf(world, 2)).toMatchObject({ hours: 'workspace', from: '08:00', to: '09:00' });
  });
});
