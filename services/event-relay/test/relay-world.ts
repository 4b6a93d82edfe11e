import { createPool } from '@poinciana/database';
import { startTestDatabase } from '@poinciana/embedded-database';
import type { EventStore } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, PostgresEventStore } from '@poinciana/event-store-postgres';
import { LogWriter, until } from '@poinciana/messaging/conformance';
import { LOG_TOPIC } from '@poinciana/messaging-kafka';
import { startKafka, type KafkaCluster } from '@poinciana/testing';
import type { Pool } from 'pg';
import { PostgresRelayCheckpoints } from '../src/storage/postgres-relay-checkpoints.js';
import { RelayProcesses } from './relay-process.js';

const PEOPLE = 100;
const ROUND_PAUSE_MS = 200;

/** A log, brokers, relays between them, and somebody who appends all the time. */
export class RelayWorld {
  private isWriting = false;
  private work: Promise<void> = Promise.resolve();

  private constructor(
    readonly store: EventStore,
    readonly kafka: KafkaCluster,
    readonly relays: RelayProcesses,
    private readonly checkpoints: PostgresRelayCheckpoints,
    private readonly end: () => Promise<void>,
  ) {}

  /** Nothing is published for others unless `settings` say so. */
  static async start(nodes: 1 | 3, settings: Readonly<Record<string, string>> = {}): Promise<RelayWorld> {
    const [kafka, database] = await Promise.all([startKafka({ nodes }), startTestDatabase()]);
    const pools: Pool[] = [];
    const open = (schema: string): Pool => {
      const pool = createPool({ url: database.url, schema, max: 4, applicationName: 'relay-test' });
      pools.push(pool);
      return pool;
    };
    const pool = open('event_log');
    await applyEventLogMigrations(pool);
    const relays = new RelayProcesses(database.url, kafka.brokers, { POINCIANA_KAFKA_PUBLISHED: 'none', ...settings });
    const checkpoints = new PostgresRelayCheckpoints(open('event_relay'));
    return new RelayWorld(new PostgresEventStore({ pool }), kafka, relays, checkpoints, async () => {
      await relays.close();
      await Promise.all(pools.map((one) => one.end()));
      await Promise.all([kafka.close(), database.stop()]);
    });
  }

  /** Appends events about people, one after the other and round after round, until `stopWriting`. */
  startWriting(): void {
    const writer = new LogWriter(this.store);
    const people = Array.from({ length: PEOPLE }, (_, person) => person);
    this.isWriting = true;
    this.work = (async () => {
      while (this.isWriting) {
        await writer.writeRounds(1, people);
        await new Promise((resolve) => setTimeout(resolve, ROUND_PAUSE_MS));
      }
    })();
  }

  async stopWriting(): Promise<void> {
    this.isWriting = false;
    await this.work;
  }

  /** Waits until the relay is further than the log was when this was called. */
  async untilPublished(topics: readonly string[] = [LOG_TOPIC]): Promise<void> {
    const { number } = await this.store.head();
    for (const topic of topics) await this.untilAt(number, topic);
  }

  async untilAt(number: number, topic: string = LOG_TOPIC): Promise<void> {
    try {
      await until('the relay is there', async () => (await this.position(topic)) >= number);
    } catch (error) {
      throw new Error(`The relay stays behind ${number}; it wrote:\n${this.relays.log}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.stopWriting();
    await this.end();
  }

  /** Nothing is published before the first relay has made its tables. */
  private async position(topic: string): Promise<number> {
    try {
      return (await this.checkpoints.progress(topic)).position.number;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === '42P01') return 0;
      throw error;
    }
  }
}
