import { argv } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { derivedId, NO_STREAM, streamName, type StoredEvent, type StreamWrite } from '@poinciana/event-sourcing';
import { PostgresEventStore } from '@poinciana/event-store-postgres';
import { LogEventBus } from '@poinciana/messaging-log';
import { PostgresEffects, schemaPool } from './consumer-database.js';

/** A member of a group as a process of its own, for the test that kills it: answers each event, and keeps a row for it. */
const [, , url = '', schema = ''] = argv;
const BATCH_PAUSE_MS = 5;

const pool = schemaPool(url, schema);
const store = new PostgresEventStore({ pool: schemaPool(url, 'event_log') });
const effects = new PostgresEffects(pool);
const bus = new LogEventBus({
  store,
  pool,
  membership: { leaseMs: 800, heartbeatMs: 50 },
  batches: { eventsMax: 40 },
});

function answerTo({ id, workspace, key, time, correlation, hop }: StoredEvent): StreamWrite {
  const answerId = derivedId('answer', id);
  const answer = {
    id: answerId,
    type: 'Answered',
    data: {},
    workspace,
    key,
    time,
    causation: id,
    correlation,
    actor: 'service:test',
    hop,
  };
  return { stream: streamName('communication', answerId), expectedRevision: NO_STREAM, events: [answer] };
}

await bus.subscribe({
  name: 'kills.effects',
  categories: ['participant'],
  handle: async ({ events }) => {
    await store.append(events.map(answerTo));
    await sleep(BATCH_PAUSE_MS);
    return effects.write(events);
  },
});
process.send?.('joined');
