import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { applyMigrations, createPool, inTransaction } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { InMemoryTransaction, type StateWrite } from '@poinciana/messaging';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool, PoolClient } from 'pg';
import { viewTables } from '../src/rebuild/beside-schema.js';
import { PrismaClient } from '../src/storage/prisma-client/client.js';
import type { ActivityView } from '../src/views/analytics/activity-view.js';
import { InMemoryActivityView } from '../src/views/analytics/in-memory-activity-view.js';
import { PostgresActivityView } from '../src/views/analytics/postgres-activity-view.js';
import type { CampaignView } from '../src/views/campaigns/campaign-view.js';
import { InMemoryCampaignView } from '../src/views/campaigns/in-memory-campaign-view.js';
import { PostgresCampaignView } from '../src/views/campaigns/postgres-campaign-view.js';
import type { CommunicationView } from '../src/views/communications/communication-view.js';
import { InMemoryCommunicationView } from '../src/views/communications/in-memory-communication-view.js';
import { PostgresCommunicationView } from '../src/views/communications/postgres-communication-view.js';
import type { CounterView } from '../src/views/counters/counter-view.js';
import { InMemoryCounterView } from '../src/views/counters/in-memory-counter-view.js';
import { PostgresCounterView } from '../src/views/counters/postgres-counter-view.js';
import { InMemoryParticipantView } from '../src/views/participants/in-memory-participant-view.js';
import type { ParticipantView } from '../src/views/participants/participant-view.js';
import { PostgresParticipantView } from '../src/views/participants/postgres-participant-view.js';
import { InMemoryPathView } from '../src/views/runs/in-memory-path-view.js';
import type { PathView } from '../src/views/runs/path-view.js';
import { PostgresPathView } from '../src/views/runs/postgres-path-view.js';
import { InMemorySessionView } from '../src/views/sessions/in-memory-session-view.js';
import { PostgresSessionView } from '../src/views/sessions/postgres-session-view.js';
import type { SessionView } from '../src/views/sessions/session-view.js';

/** All views of the service over one kind of store, and how what they write is committed. */
export interface ViewStore<Transaction> {
  readonly campaigns: CampaignView<Transaction>;
  readonly participants: ParticipantView<Transaction>;
  readonly communications: CommunicationView<Transaction>;
  readonly sessions: SessionView<Transaction>;
  readonly paths: PathView<Transaction>;
  readonly counters: CounterView;
  readonly activity: ActivityView;
  commit(write: StateWrite<Transaction>): Promise<void>;
}

export function inMemoryStore(): ViewStore<InMemoryTransaction> {
  const counters = new InMemoryCounterView();
  const activity = new InMemoryActivityView();
  const communications = new InMemoryCommunicationView(counters, activity);
  return {
    campaigns: new InMemoryCampaignView(),
    participants: new InMemoryParticipantView(counters, activity, (id, life) => communications.statusesOf(id, life)),
    communications,
    sessions: new InMemorySessionView(),
    paths: new InMemoryPathView(counters, activity),
    counters,
    activity,
    commit: async (write) => {
      const transaction = new InMemoryTransaction();
      await write(transaction);
      transaction.commit();
    },
  };
}

const SCHEMA = 'analytics_projections';
const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

/** The tables of the service on a database of their own, emptied when asked. */
export class PostgresStore {
  private constructor(
    private readonly database: TestDatabase,
    readonly pool: Pool,
    private readonly prisma: PrismaClient,
  ) {}

  static async start(): Promise<PostgresStore> {
    const database = await startTestDatabase();
    const pool = createPool({ url: database.url, schema: SCHEMA, max: 4, applicationName: 'views-spec' });
    await applyMigrations(pool, { schema: SCHEMA, folder: MIGRATIONS });
    return new PostgresStore(database, pool, new PrismaClient({ adapter: new PrismaPg(pool, { schema: SCHEMA }) }));
  }

  views(): ViewStore<PoolClient> {
    return {
      campaigns: new PostgresCampaignView(this.prisma),
      participants: new PostgresParticipantView(this.pool),
      communications: new PostgresCommunicationView(this.pool),
      sessions: new PostgresSessionView(this.pool),
      paths: new PostgresPathView(),
      counters: new PostgresCounterView(this.pool),
      activity: new PostgresActivityView(this.pool),
      commit: (write) => inTransaction(this.pool, write),
    };
  }

  /** Every table that a projection keeps. */
  tables(): Promise<readonly string[]> {
    return viewTables(this.pool, SCHEMA);
  }

  async filledTables(): Promise<readonly string[]> {
    const tables = await this.tables();
    const parts = tables.map((table) => `SELECT '${table}' AS name WHERE EXISTS (SELECT FROM "${table}")`);
    const { rows } = await this.pool.query<{ name: string }>(parts.join(' UNION ALL '));
    return rows.map(({ name }) => name);
  }

  async empty(): Promise<void> {
    await this.pool.query(`TRUNCATE ${(await this.tables()).map((table) => `"${table}"`).join(', ')}`);
  }

  async stop(): Promise<void> {
    await this.prisma.$disconnect();
    await this.pool.end();
    await this.database.stop();
  }
}

/** Holds both kinds of store to the same tests; each test begins with nothing stored. */
export function eachViewStore(name: string, tests: <Transaction>(store: () => ViewStore<Transaction>) => void): void {
  describe(`${name} in memory`, () => {
    let store: ViewStore<InMemoryTransaction>;
    beforeEach(() => {
      store = inMemoryStore();
    });
    tests(() => store);
  });

  describe(`${name} in PostgreSQL`, () => {
    let postgres: PostgresStore;
    beforeAll(async () => {
      postgres = await PostgresStore.start();
    });
    beforeEach(() => postgres.empty());
    afterAll(() => postgres.stop());
    tests(() => postgres.views());
  });
}
