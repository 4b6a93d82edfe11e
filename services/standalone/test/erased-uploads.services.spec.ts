import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Call, callerOf, until } from './definitions-client.js';
import { RunningDatabase } from './running-database.js';
import { StandaloneProcess } from './standalone-process.js';

const WORKSPACE = '00000000-0000-4000-8000-000000000001';
const OTHER_WORKSPACE = '0b5c7d2e-0000-4000-8000-0000000000ab';
/** Every value of hers, in none of anybody else's. */
const HERS = ['ada-lovelace-1815', 'ada.lovelace@example.com', 'Ada Lovelace', '441632960001', 'analytical engine'];
const HEADER = 'external_id,email,name,phone,due';
const CSV = [
  HEADER,
  'ada-lovelace-1815,ada.lovelace@example.com,Ada Lovelace,+44 1632 960001,2026-06-30',
  'ada-lovelace-1815,ada.lovelace@example.com,Ada Lovelace,,the analytical engine',
  'charles-babbage,babbage@example.com,Charles Babbage,,2026-06-30',
].join('\n');
/** What is kept for a time and then taken away, whoever is in it. */
const KEPT_FOR_A_TIME = [
  'participant_ingestion.request_answer',
  'participant_ingestion.upload_problem',
  'participant_ingestion.upload_problem_group',
];

const standalone = new StandaloneProcess({ POINCIANA_UPLOADS_KEEP_DAYS: '1', POINCIANA_ANSWERS_KEEP_HOURS: '24' });
let url: string;
let database: RunningDatabase;

beforeAll(async () => {
  url = await standalone.start('--no-demo');
  database = new RunningDatabase(standalone.dataDir);
});
afterAll(async () => {
  await database.close();
  await standalone.remove();
});

it('leaves nothing of somebody who was erased in any table, file or log line, and a rebuild agrees (rule 11)', async () => {
  const ours = await workspace(WORKSPACE);
  const theirs = await workspace(OTHER_WORKSPACE);
  for (const { uploads, adds } of [ours, theirs]) {
    await uploads();
    // An answer that is kept for repetitions names a value of hers.
    await adds({ external_id: 'ada-lovelace-1815', due: 'the analytical engine' });
  }
  await until(
    () => database.tablesWith('Ada Lovelace'),
    (tables) => tables.some((table) => table.startsWith('analytics_projections.')),
  );
  await ours.isErased('ada-lovelace-1815');
  await theirs.isErased('ada-lovelace-1815');
  // The views, the log and the index of identities forget her at once; what has a time to be kept holds her until then.
  for (const value of HERS)
    await until(
      () => database.tablesWith(value),
      (tables) => tables.every((table) => KEPT_FOR_A_TIME.includes(table)),
    );
  expect(filesWith('Ada Lovelace')).toHaveLength(2);

  await database.passKeptTimes();
  await database.close();
  const logs = await standalone.end('SIGTERM');
  url = await standalone.start('--no-demo');
  database = new RunningDatabase(standalone.dataDir);
  await until(
    async () => readdirSync(join(standalone.dataDir, 'uploads')),
    (files) => files.length === 0,
  );
  const tables = async () => (await Promise.all(HERS.map((value) => database.tablesWith(value)))).flat();
  expect(await until(tables, (found) => found.length === 0)).toEqual([]);
  expect(filesWith('Ada Lovelace')).toEqual([]);
  // Who was not erased is still there.
  expect(await database.tablesWith('Charles Babbage')).not.toEqual([]);

  const call = callerOf(url, (await standalone.authorization('operator', WORKSPACE)).authorization);
  expect(await operation(call, 'verify')).toMatchObject({ verification: { matches: true, firstDifference: null } });
  expect(await operation(call, 'rebuild')).toMatchObject({ problem: null });
  expect(await tables()).toEqual([]);
  const said = logs.output + logs.complaints + standalone.output;
  for (const value of [...HERS, '+44 1632 960001']) expect(said).not.toContain(value);
});

/** The files beside the database that hold a text. */
function filesWith(text: string): readonly string[] {
  return readdirSync(dirname(standalone.dataDir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !join(entry.parentPath, '/').startsWith(join(standalone.dataDir, 'database/')))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(text));
}

async function operation(call: Call, name: 'verify' | 'rebuild'): Promise<object> {
  expect((await call(`views/${name}`, { method: 'POST' })).status).toBe(202);
  return until(
    async () => (await call(`views/${name}`)).body as { state: string },
    ({ state }) => state === 'done',
  );
}

/** A workspace with a campaign that has a date beside the fields of every campaign. */
async function workspace(id: string) {
  const { authorization } = await standalone.authorization('operator', id);
  const call = callerOf(url, authorization);
  const body = { name: 'Spring', description: '' };
  const campaign = (await call('config/campaigns', { method: 'POST', body })).body as { id: string };
  const { fields } = (await call(`config/campaigns/${campaign.id}/fields`)).body as { fields: object[] };
  const due = {
    title: 'Due',
    name: 'due',
    description: '',
    type: 'date',
    level: 'participant',
    import: true,
    required: false,
  };
  const defined = await call(`config/campaigns/${campaign.id}/fields`, {
    method: 'PUT',
    body: { fields: [...fields, due] },
  });
  expect(defined.status).toBe(200);
  const path = `ingest/campaigns/${campaign.id}`;
  return {
    async uploads(): Promise<void> {
      const form = new FormData();
      form.append('file', new Blob([CSV]), 'people.csv');
      const init = { method: 'POST', headers: { authorization }, body: form };
      const upload = (await (await fetch(`${url}/api/${path}/uploads`, init)).json()) as { id: string };
      const ended = await until(
        async () => (await call(`${path}/uploads/${upload.id}`)).body as { status: string },
        ({ status }) => status !== 'Processing',
      );
      expect(ended).toMatchObject({ created: 2, failed: 1 });
    },
    async adds(attributes: object): Promise<void> {
      const headers = { 'idempotency-key': 'kept' };
      const added = await call(`${path}/participants`, { method: 'POST', body: [{ attributes }], headers });
      expect(added.body).toMatchObject({ items: [{ outcome: 'failed' }] });
    },
    async isErased(externalId: string): Promise<void> {
      const { items } = (await call(`ingest/customers?search=${externalId}`)).body as { items: { id: string }[] };
      expect((await call(`ingest/customers/${items[0]?.id ?? ''}`, { method: 'DELETE' })).status).toBe(202);
    },
  };
}
