import { describe, expect, test } from '@jest/globals';
import { type Activation, type Flow, knownCampaign } from '@poinciana/campaign-definition';
import { APPEND_EVENTS_MAX, InMemoryEventStore, derivedId, readStream, streamName } from '@poinciana/event-sourcing';
import { compileFlow } from '@poinciana/flow-engine';
import { TestClock } from '@poinciana/service-kit';
import { type FlowParticipant, unknownParticipant } from '../domain/flow-participant.js';
import { type Running, type Triggered, runTrigger } from '../domain/run-trigger.js';
import type { Firing } from '../domain/trigger-of-event.js';
import { InMemoryContactHours } from '../storage/in-memory-contact-hours.js';
import { NO_PYTHON } from './python-evaluation.js';
import { type Job, SerialRuns } from './serial-runs.js';

const ANNA: FlowParticipant = {
  ...unknownParticipant(derivedId('anna')),
  workspace: derivedId('workspace'),
  campaignId: derivedId('campaign'),
  customerId: derivedId('customer'),
  phase: 'living',
  life: 1,
};
const RUNS = streamName('flow-runs', ANNA.id);

/** A flow that does nothing but run when a participant changes. */
function flow(number: number): Flow {
  const nodes = [{ id: 'updated', type: 'participant-updated', name: 'Updated', settings: {} }];
  return { id: derivedId('flow', number), name: `Flow ${number}`, nodes, edges: [] };
}

function firing(number: number): Firing {
  const eventId = derivedId('update', number);
  return {
    trigger: 'participant-updated',
    eventId,
    number,
    time: '2026-11-21T08:00:00.000Z',
    correlation: eventId,
    hop: 0,
    changedFields: ['amount'],
  };
}

/** So many changes of one participant, each of which fires so many flows. */
function jobOf(changes: number, flows: number): Job {
  const context = { fields: [], agents: [], channels: [], flows: [] };
  const compiled = Array.from({ length: flows }, (_, number) => compileFlow(flow(number), context));
  const activation: Activation = {
    generation: 1,
    startedAt: { shard: 0, number: 0 },
    startedOn: '2026-11-21T08:00:00.000Z',
    flows: [],
    fields: [],
    pauseAnswer: 'run',
    overdueAnswer: 'skip',
  };
  const running: Running = {
    campaign: knownCampaign.initialState,
    workspaceZone: 'UTC',
    workspaceSignals: {},
    flowsOf: () => compiled,
  };
  const work = (participant: FlowParticipant, seen: Running): Triggered => {
    let worked: Triggered = { participant, runs: [], questions: [] };
    for (let number = 1; number <= changes; number++) {
      const next = runTrigger(worked.participant, firing(number), { ...seen, activation, caughtUp: false });
      worked = { ...next, runs: [...worked.runs, ...next.runs] };
    }
    return worked;
  };
  return { read: { participant: ANNA, version: 0 }, running, customer: ANNA, contacts: [], work };
}

class CutStore extends InMemoryEventStore {
  appends = 0;

  /** The second append is lost. */
  override async append(...[writes]: Parameters<InMemoryEventStore['append']>) {
    this.appends += 1;
    if (this.appends === 2) throw new Error('The process dies');
    return super.append(writes);
  }
}

describe('one participant with more runs than one append takes and one page holds', () => {
  const changes = APPEND_EVENTS_MAX / 40 + 10;
  const job = jobOf(changes, 40);
  const runs = changes * 40;

  test.each([
    ['the process dies before her row is written', new InMemoryEventStore(), 'fulfilled'],
    ['the process dies between two appends', new CutStore(), 'rejected'],
  ])('settles when %s', async (_, store, status) => {
    const serial = new SerialRuns(
      store,
      new TestClock(new Date('2026-11-21T08:00:00Z')),
      NO_PYTHON,
      new InMemoryContactHours(),
    );
    const [first] = await Promise.allSettled([serial.settle([job])]);
    expect(first.status).toBe(status);
    const [settled] = await serial.settle([job]);
    expect(settled?.participant.runsRevision).toBe(runs - 1);
    expect(await readStream(store, RUNS)).toHaveLength(runs);
  });
});
