import { afterAll, beforeAll } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import { applyMigrations, createPool } from '@poinciana/database';
import { type TestDatabase, startTestDatabase } from '@poinciana/embedded-database';
import { packageFolder } from '@poinciana/service-kit';
import type { Pool } from 'pg';
import { campaignNamesConformance } from '../../test/campaign-names-conformance.js';
import { InMemoryCampaignNames } from './in-memory-campaign-names.js';
import { PostgresCampaignNames } from './postgres-campaign-names.js';
import { PrismaClient } from './prisma-client/client.js';

const schema = 'campaign_config';
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool({ url: await database.createDatabase(), schema, max: 10, applicationName: 'campaign-names' });
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
