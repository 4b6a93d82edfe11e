import { expect, test } from '@jest/globals';
import {
  derivedId,
  InMemoryEventStore,
  streamName,
  type EventStore,
  type StreamWrite,
} from '@poinciana/event-sourcing';
import { underAllCuts } from '@poinciana/event-sourcing/testing';
import { LogWriter, QUICK_MEMBERSHIP, QUICK_PROCESSING, until } from '../conformance/index.js';
import type { EventBatch } from '../event-bus.js';
import { InMemoryEventBus } from './in-memory-event-bus.js';
import type { InMemoryTransaction } from './in-memory-transaction.js';

/** Answers each event with one of its own, and keeps a row for each: append, then state. */
function answering(store: EventStore, rows: Map<string, string>, times: { written: number }) {
  return async ({ events }: EventBatch) => {
    const writes = events.map((event): StreamWrite => {
      const { workspace, key, time, correlation, hop } = event;
      const id = derivedId('answer', event.id);
      const answer = {
        id,
        type: 'Answered',
        data: {},
        workspace,
        key,
        time,
        causation: event.id,
        correlation,
        actor: 'service:test',
        hop,
      };
      return { stream: streamName('communication', id), expectedRevision: -1, events: [answer] };
    });
    const outcomes = await store.append(writes);
    expect(outcomes.every(({ outcome }) => outcome !== 'conflict')).toBe(true);
    return async (transaction: InMemoryTransaction) => {
      times.written++;
      for (const event of events) transaction.change(() => rows.set(event.id, derivedId('answer', event.id)));
    };
  };
}

test('under every cut the same events and the same state come out, whatever was handled twice', async () => {
  let statesWrittenAgain = 0;
  const tried = await underAllCuts(async (cuts) => {
    const log = new InMemoryEventStore(cuts);
    const writer = new LogWriter(new InMemoryEventStore());
    const asked = writer.writes('participant', [1, 2, 3]);
    for (const write of asked) await log.append([write]).catch(() => log.append([write]));
    const rows = new Map<string, string>();
    const times = { written: 0 };
    const bus = new InMemoryEventBus({ store: log, cuts, membership: QUICK_MEMBERSHIP, processing: QUICK_PROCESSING });
    const subscription = await bus.subscribe({
      name: 'test.answers',
      categories: ['participant'],
      handle: answering(log, rows, times),
    });
    await until('the group is at the head', async () => (await subscription.progress()).lag === 0);
    await subscription.stop();
    const answers = (await log.readLog({ shard: 0, number: 0 }, 100)).filter(({ type }) => type === 'Answered');
    expect(answers.length).toBe(3);
    expect(new Map(answers.map(({ id, causation }) => [causation, id]))).toEqual(rows);
    statesWrittenAgain += times.written - 1;
  });
  expect(tried).toBeGreaterThan(8);
  expect(statesWrittenAgain).toBeGreaterThan(0);
});
