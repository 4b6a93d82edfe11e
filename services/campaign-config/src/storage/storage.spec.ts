import { afterAll, beforeAll } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import { applyMigrations, createPool, inTransaction } from '@poinciana/database';
import { type TestDatabase, startTestDatabase } from '@poinciana/embedded-database';
import { packageFolder } from '@poinciana/service-kit';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool } from 'pg';
import { campaignNamesConformance } from '../../test/campaign-names-conformance.js';
import { heldFieldsConformance, runningCampaignsConformance } from '../../test/held-fields-conformance.js';
import { pausesConformance } from '../../test/pauses-conformance.js';
import { InMemoryCampaignNames } from './in-memory-campaign-names.js';
import { InMemoryHeldFields } from './in-memory-held-fields.js';
import { InMemoryPauses } from './in-memory-pauses.js';
import { InMemoryRunningCampaigns } from './in-memory-running-campaigns.js';
import { PostgresCampaignNames } from './postgres-campaign-names.js';
import { PostgresHeldFields } from './postgres-held-fields.js';
import { PostgresPauses } from './postgres-pauses.js';
import { PostgresRunningCampaigns } from './postgres-running-campaigns.js';
import { PrismaClient } from './prisma-client/client.js';

const schema = 'campaign_config';
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool({
    url: await database.createDatabase(),
    schema,
    max: 10,
    applicationName: 'campaign-config-storage',
  });
  await applyMigrations(pool, { schema, folder: packageFolder(import.meta.url, 'prisma/migrations') });
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

campaignNamesConformance('InMemoryCampaignNames', async () => new InMemoryCampaignNames());
campaignNamesConformance('PostgresCampaignNames', async () => {
  await pool.query('TRUNCATE campaign_name');
  return new PostgresCampaignNames(new PrismaClient({ adapter: new PrismaPg(pool, { schema }) }));
});

heldFieldsConformance('InMemoryHeldFields', async () => ({
  heldFields: new InMemoryHeldFields(),
  run: async (write) => (write as StateWrite<unknown>)(undefined),
}));
heldFieldsConformance('PostgresHeldFields', async () => {
  await pool.query('TRUNCATE held_field');
  return {
    heldFields: new PostgresHeldFields(pool),
    run: (write) => inTransaction(pool, (transaction) => write(transaction as never)),
  };
});
runningCampaignsConformance('InMemoryRunningCampaigns', async () => new InMemoryRunningCampaigns());
runningCampaignsConformance('PostgresRunningCampaigns', async () => {
  await pool.query('TRUNCATE running_campaign');
  return new PostgresRunningCampaigns(pool);
});
pausesConformance('InMemoryPauses', async () => ({
  pauses: new InMemoryPauses(),
  run: async (write) => (write as StateWrite<unknown>)(undefined),
}));
pausesConformance('PostgresPauses', async () => {
  await pool.query('TRUNCATE waiting_participant, planned_communication');
  return {
    pauses: new PostgresPauses(pool),
    run: (write) => inTransaction(pool, (transaction) => write(transaction as never)),
  };
});
