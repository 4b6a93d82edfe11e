import { fileURLToPath } from 'node:url';
import { createPool, inTransaction } from '@poinciana/database';
import { startTestDatabase } from '@poinciana/embedded-database';
import type { EventStore, StoredEvent } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import type { Subscription } from '@poinciana/messaging';
import { LogEventBus, messagingLogMigrations } from '@poinciana/messaging-log';
import { applyMigrationsTogether } from '@poinciana/service-kit';
import type { Pool } from 'pg';
import { projectionsOf } from '../src/projections.js';
import { makeReportingViews } from '../src/reporting/reporting-views.js';
import type { RebuildSettings } from '../src/rebuild/rebuild-settings.js';

export const SCHEMA = 'analytics_projections';
const MIGRATIONS = [messagingLogMigrations, fileURLToPath(new URL('../prisma/migrations', import.meta.url))];
const MEMBERSHIP = { leaseMs: 2_000, heartbeatMs: 100, idleCommitMs: 20 };
const LOOK_EVERY_MS = 20;

/** The consumers of the service on a PostgreSQL of their own, without HTTP: started, stopped and cut as a spec asks. */
export class ProjectingService {
  private subscriptions: Subscription[] = [];

  private constructor(
    readonly store: EventStore,
    readonly pool: Pool,
    readonly rebuild: RebuildSettings,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(): Promise<ProjectingService> {
    const database = await startTestDatabase();
    const open = (schema: string) =>
      createPool({ url: database.url, schema, max: 8, applicationName: `spec ${schema}` });
    const logPool = open(EVENT_LOG_SCHEMA);
    await applyEventLogMigrations(logPool);
    const pool = open(SCHEMA);
    await applyMigrationsTogether(pool, SCHEMA, MIGRATIONS);
    await inTransaction(pool, makeReportingViews);
    const store = new PostgresEventStore({ pool: logPool });
    const rebuild: RebuildSettings = {
      eventStore: store,
      pool,
      openPool: open,
      schema: SCHEMA,
      migrations: MIGRATIONS,
      groups: projectionsOf(pool).groups,
      afterSwap: makeReportingViews,
      report: () => undefined,
    };
    return new ProjectingService(store, pool, rebuild, async () => {
      await pool.end();
      await logPool.end();
      await database.stop();
    });
  }

  /** Appends events as a log would hold them, in their order. */
  async append(events: readonly StoredEvent[]): Promise<void> {
    for (const { stream, revision, position: _, ...event } of events)
      await this.store.append([{ stream, expectedRevision: revision - 1, events: [event] }]);
  }

  async consume(eventsMax?: number): Promise<void> {
    const batches = eventsMax === undefined ? {} : { eventsMax };
    const bus = new LogEventBus({ store: this.store, pool: this.pool, membership: MEMBERSHIP, batches });
    for (const group of this.rebuild.groups) this.subscriptions.push(await bus.subscribe(group));
  }

  async rest(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    this.subscriptions = [];
  }

  /** Waits until the consumers are at the end of the log. */
  async caughtUp(): Promise<void> {
    for (;;) {
      const progress = await Promise.all(this.subscriptions.map((subscription) => subscription.progress()));
      if (progress.every(({ lag }) => lag === 0)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async stop(): Promise<void> {
    await this.rest();
    await this.end();
  }
}
