import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createPool } from '@poinciana/database';
import { startTestDatabase } from '@poinciana/embedded-database';
import { type EventStore, READ_EVENTS_MAX, START, type StoredEvent } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { until } from '@poinciana/messaging/conformance';
import { ensureLogTopic, kafkaClient } from '@poinciana/messaging-kafka';
import { issueToken, type Role, Secret, SystemClock } from '@poinciana/service-kit';
import { type KafkaCluster, startKafka } from '@poinciana/testing';
import type { CompressionTypes, Message, Producer } from 'kafkajs';
import type { Pool } from 'pg';
import { INBOUND_TOPIC } from '../src/consumers/inbound-door.js';

export const PARTITIONS = 4;
const program = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const SECRET = 'a secret that only these tests know, long enough';
const HOUR_SECONDS = 3_600;

/** Kafka, PostgreSQL, and processes of this service between them. */
export class InboundWorld {
  private readonly running = new Set<ChildProcess>();
  private output = '';

  private constructor(
    readonly kafka: KafkaCluster,
    readonly store: EventStore,
    readonly pool: Pool,
    private readonly producer: Producer,
    private readonly databaseUrl: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(): Promise<InboundWorld> {
    const [kafka, database] = await Promise.all([startKafka(), startTestDatabase()]);
    const poolOf = (schema: string) =>
      createPool({ url: database.url, schema, max: 4, applicationName: 'inbound-test' });
    const pools = [poolOf(EVENT_LOG_SCHEMA), poolOf('participant_ingestion')] as const;
    await applyEventLogMigrations(pools[0]);
    const connection = { brokers: kafka.brokers, clientId: 'test' };
    const topic = { name: INBOUND_TOPIC, partitionCount: PARTITIONS };
    await ensureLogTopic(connection, topic, { isStampedByBrokers: true });
    const producer = kafkaClient(connection, {}).producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const store = new PostgresEventStore({ pool: pools[0] });
    return new InboundWorld(kafka, store, pools[1], producer, database.url, async () => {
      await producer.disconnect();
      await Promise.all(pools.map((pool) => pool.end()));
      await Promise.all([kafka.close(), database.stop()]);
    });
  }

  /** A token as whoever operates the installation signs it for a program that writes records. */
  token(workspace: string, role: Role = 'manager', audience = 'poinciana-inbound'): Promise<string> {
    const rules = { secret: new Secret(SECRET), issuer: 'poinciana', audience };
    return issueToken(rules, { workspace, role, subject: 'shop' }, HOUR_SECONDS, new SystemClock());
  }

  startService(): ChildProcess {
    const service = fork(program, [], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: this.databaseUrl,
        POINCIANA_KAFKA_BROKERS: this.kafka.brokers.join(','),
        POINCIANA_KAFKA_INBOUND: 'true',
        POINCIANA_KAFKA_INBOUND_PARTITIONS: String(PARTITIONS),
        POINCIANA_TOKEN_SECRET: SECRET,
        POINCIANA_HTTP_HOST: '127.0.0.1',
        POINCIANA_HTTP_PORT: '0',
      },
    });
    for (const stream of [service.stdout, service.stderr]) {
      stream?.on('data', (text: Buffer) => (this.output = (this.output + text.toString()).slice(-20_000)));
    }
    this.running.add(service);
    return service;
  }

  async kill(service: ChildProcess): Promise<void> {
    this.running.delete(service);
    if (service.exitCode !== null || service.signalCode !== null) return;
    const ended = once(service, 'exit');
    service.kill('SIGKILL');
    await ended;
  }

  async send(partition: number, messages: readonly Message[], compression: CompressionTypes): Promise<void> {
    const records = messages.map((message) => ({ ...message, partition }));
    await this.producer.send({ topic: INBOUND_TOPIC, messages: records, compression });
  }

  /** How many records of all partitions are done. */
  async done(): Promise<number> {
    try {
      const { rows } = await this.pool.query<{ done: string | null }>(
        'SELECT sum(next_offset) AS done FROM inbound_partition',
      );
      return Number(rows[0]?.done ?? 0);
    } catch (error) {
      // Before the first process has made its tables.
      if (error instanceof Error && 'code' in error && error.code === '42P01') return 0;
      throw error;
    }
  }

  async untilDone(records: number): Promise<void> {
    try {
      await until('the records are done', async () => (await this.done()) >= records);
    } catch (error) {
      throw new Error(`${await this.done()} of ${records} records are done; the service wrote:\n${this.output}`, {
        cause: error,
      });
    }
  }

  async log(): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (;;) {
      const page = await this.store.readLog(events.at(-1)?.position ?? START, READ_EVENTS_MAX);
      if (page.length === 0) return events;
      events.push(...page);
    }
  }

  async deadLetters(): Promise<readonly { readonly place: string; readonly code: string }[]> {
    const { rows } = await this.pool.query<{ place: string; code: string }>(
      `SELECT partition || '/' || record_offset AS place, code FROM inbound_dead_letter`,
    );
    return rows;
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((service) => this.kill(service)));
    await this.end();
  }
}
