import { randomUUID } from 'node:crypto';
import { applyMigrations, createPool } from '@poinciana/database';
import { startEmbeddedDatabase } from '@poinciana/embedded-database';
import { eventRelay, PostgresRelayCheckpoints } from '@poinciana/event-relay';
import type { EventStore, StoredEvent } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import {
  ensureLogTopic,
  LOG_PARTITIONS,
  logPublication,
  LogRelay,
  type KafkaConnection,
  type LogTopic,
} from '@poinciana/messaging-kafka';
import { wholeLog } from '@poinciana/messaging-kafka/testing';
import { startKafka } from '@poinciana/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { type BenchResult, type BenchSettings, result } from '../../bench.js';
import { rateOf } from '../../rate.js';
import { sampleWrites } from '../event-store/sample-writes.js';
import { appendInBatches } from '../event-store/store-work.js';
import { connectBareProducer, sendBare } from './bare-producer.js';

const ROUNDS = 3;
const CONNECTIONS = 4;
const STREAMS_A_CALL = 5_000;
/** The relay reads what it sends from PostgreSQL; the bare producer has it in memory. */
const RELAY_TO_BARE = 0.7;

/** Where a round is measured. */
interface Parts {
  readonly store: EventStore;
  readonly relayPool: Pool;
  readonly connection: KafkaConnection;
}

/** The relay from the log to Kafka, against a bare kafkajs producer that sends the same. A row is an event. */
export async function relayToBareProducer(settings: BenchSettings): Promise<readonly BenchResult[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'poinciana-bench-'));
  const kafka = await startKafka();
  const database = await startEmbeddedDatabase({ dataFolder });
  const poolOf = (schema: string) =>
    createPool({ url: database.url, schema, max: CONNECTIONS, applicationName: 'bench' });
  const logPool = poolOf(EVENT_LOG_SCHEMA);
  const relayPool = poolOf(eventRelay.schema);
  try {
    await applyEventLogMigrations(logPool);
    await applyMigrations(relayPool, { schema: eventRelay.schema, folder: eventRelay.migrations });
    const store = new PostgresEventStore({ pool: logPool });
    await appendInBatches(store, sampleWrites(settings.rows, 'kafka'), STREAMS_A_CALL);
    return await measure({ store, relayPool, connection: { brokers: kafka.brokers, clientId: 'bench' } }, settings);
  } finally {
    await Promise.all([logPool.end(), relayPool.end()]);
    await Promise.all([kafka.close(), database.stop()]);
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function measure(parts: Parts, { rows, note }: BenchSettings): Promise<readonly BenchResult[]> {
  const events = await wholeLog(parts.store);
  const relayed: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const own = await bareRate(parts, events);
    const relay = await relayRate(parts, rows);
    note(
      round === 0
        ? 'warmed up'
        : `round ${round} of ${ROUNDS}: relay ${Math.round(relay)}, bare ${Math.round(own)} events/s`,
    );
    if (round === 0) continue;
    relayed.push(relay);
    bare.push(own);
  }
  return [result('relay, to a bare kafkajs producer', 'events/s', relayed, bare, RELAY_TO_BARE)];
}

async function newTopic({ connection }: Parts): Promise<LogTopic> {
  const topic = { name: `bench.${randomUUID()}`, partitionCount: LOG_PARTITIONS };
  await ensureLogTopic(connection, topic);
  return topic;
}

async function bareRate(parts: Parts, events: readonly StoredEvent[]): Promise<number> {
  const topic = await newTopic(parts);
  const producer = await connectBareProducer(parts.connection);
  try {
    return await rateOf(events.length, () => sendBare(producer, topic, events));
  } finally {
    await producer.disconnect();
  }
}

/** From the moment at which the relay may publish until the brokers have acknowledged the last event. */
async function relayRate({ store, relayPool, connection }: Parts, rows: number): Promise<number> {
  const topic = await newTopic({ store, relayPool, connection });
  let sent = 0;
  const began = signal();
  const ended = signal();
  const relay = new LogRelay({
    store,
    checkpoints: new PostgresRelayCheckpoints(relayPool),
    connection,
    publication: logPublication(topic),
    report: (report) => {
      if (report.kind === 'leaseTaken') began.give();
      if (report.kind !== 'sent') return;
      sent += report.events;
      if (sent >= rows) ended.give();
    },
    onFatal: (error) => ended.fail(error),
  });
  relay.start();
  try {
    await Promise.race([began.given, ended.given]);
    return await rateOf(rows, () => ended.given);
  } finally {
    await relay.stop();
  }
}

function signal(): { given: Promise<void>; give: () => void; fail: (error: Error) => void } {
  let give: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const given = new Promise<void>((resolve, reject) => {
    give = resolve;
    fail = reject;
  });
  return { given, give, fail };
}
