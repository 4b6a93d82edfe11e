import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import fc from 'fast-check';
import { ImportWorld, LOOK_MS } from './import-world.js';
import { CAMPAIGN } from './fixtures.js';
import { countsOf, ended, uploaded, type UploadState } from './imported-uploads.js';
import { streamsOf } from './people-streams.js';

/** KILLS in the environment makes it as long as one likes; with SEED the kills come at the same rows. */
const KILLS = Number(process.env['KILLS'] ?? 20);
const SEED = Number(process.env['SEED'] ?? Date.now());
const ROWS = KILLS * 1_500;
const FEW_ROWS = 1_500;
/** A kill comes after a random part of this many rows more. */
const ROWS_BETWEEN_KILLS = 1_400;
/** Rows of the file that are about somebody of an earlier row, that cannot be read, and that bring somebody else's address. */
const AGAIN_EVERY = 7;
const BAD_EVERY = 101;
const CLASH_EVERY = 10;
/** Only hanging takes longer. */
const IMPORT_MS_MAX = Math.max(600_000, KILLS * 30_000);

let database: TestDatabase;
const worlds: ImportWorld[] = [];
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(async () => {
  for (const world of worlds) await world.close();
  await database.stop();
});

async function newWorld(): Promise<ImportWorld> {
  const world = await ImportWorld.make(database);
  worlds.push(world);
  return world;
}

function fileOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const person = at % AGAIN_EVERY === 0 ? Math.floor(at / 2) : at;
    const addressee = at % CLASH_EVERY === 1 ? Math.floor(person / 2) : person;
    return `person-${person},p${addressee}@example.com,${at % BAD_EVERY === 0 ? 'tomorrow' : '2026-06-30'},${at}`;
  });
  return `external_id,email,due_date,amount\n${lines.join('\n')}\n`;
}

async function problemsOf(world: ImportWorld): Promise<readonly unknown[]> {
  const { rows: problems } = await world.pool.query(
    'SELECT severity, row, ordinal, field, value, code FROM participant_ingestion.upload_problem ORDER BY severity, row, ordinal',
  );
  const { rows: groups } = await world.pool.query(
    'SELECT severity, field, code, count, examples FROM participant_ingestion.upload_problem_group ORDER BY severity, field, code',
  );
  expect(groups).toHaveLength(2);
  return [...problems, ...groups];
}

it(
  `an import that is killed ${KILLS} times ends as one that nobody disturbed`,
  async () => {
    const csv = fileOf(ROWS);
    const calm = await newWorld();
    const undisturbed = await calm.start();
    const { id: calmId } = await uploaded(undisturbed, csv);
    const expected = countsOf(await ended(calm, undisturbed, calmId));
    await undisturbed.end();
    expect(expected).toMatchObject({ status: 'Failed', rows: ROWS });
    expect(expected.warned).toBeGreaterThan(ROWS / CLASH_EVERY / 2);

    const world = await newWorld();
    let importer = await world.start();
    const { id } = await uploaded(importer, csv);
    let killed = 0;
    const chances = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed: SEED, numRuns: 2 * KILLS });
    for (let kill = 0; kill < KILLS; kill++) {
      const at = (await world.rowsStored()) + (chances[2 * kill] ?? 0) * ROWS_BETWEEN_KILLS;
      await world.until(async () => (await world.rowsStored()) >= Math.min(at, ROWS));
      // Between two looks at the table, so that it also falls between an append and its progress.
      await pause((chances[2 * kill + 1] ?? 0) * LOOK_MS);
      await importer.end('SIGKILL');
      if ((await world.rowsStored()) < ROWS) killed += 1;
      await world.passLeases();
      importer = await world.start();
    }
    expect(countsOf(await ended(world, importer, id))).toEqual(expected);
    await importer.end();
    expect(killed).toBeGreaterThan(KILLS / 2);
    expect(await problemsOf(world)).toEqual(await problemsOf(calm));
    const [streams, calmStreams] = [await streamsOf(world), await streamsOf(calm)];
    expect([...streams.keys()]).toEqual([...calmStreams.keys()]);
    for (const [name, events] of streams)
      if (name !== 'upload') expect({ name, events }).toEqual({ name, events: calmStreams.get(name) });
    expect(streams.get('upload')).toEqual(calmStreams.get('upload'));
    process.stderr.write(`seed ${SEED}: ${killed} of ${KILLS} kills came while ${ROWS} rows were being imported\n`);
  },
  IMPORT_MS_MAX,
);

it('a file that is gone in the middle ends the upload with its reason; what is stored stays', async () => {
  const world = await newWorld();
  const first = await world.start();
  const { id } = await uploaded(first, fileOf(ROWS));
  await world.until(async () => (await world.rowsStored()) > 0);
  await first.end('SIGKILL');
  await unlink(join(world.folder, id));
  await world.passLeases();
  const second = await world.start();
  const state = await ended(world, second, id);
  await second.end();
  expect(state).toMatchObject({ status: 'Failed', reason: 'file_missing' });
  expect(countsOf(state).rows).toBe(await world.rowsStored());
  expect(state.rows).toBeGreaterThan(0);
});

it('a database without room holds up the import, which says so and goes on by itself when there is room', async () => {
  const world = await newWorld();
  const importer = await world.start();
  await world.pool.query(`CREATE FUNCTION event_log.full() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file'; END $$`);
  // There is room for what says that the file was received, and none for people.
  await world.pool.query(`CREATE TRIGGER full_disk BEFORE INSERT ON event_log.events FOR EACH ROW
    WHEN (NEW.personal IS NOT NULL) EXECUTE FUNCTION event_log.full()`);
  const { id } = await uploaded(importer, fileOf(FEW_ROWS));
  const state = () => importer.call<UploadState>('GET', `${CAMPAIGN}/uploads/${id}`);
  await world.until(async () => (await state()).waiting !== undefined);
  expect(await state()).toMatchObject({ status: 'Processing', waiting: { code: 'storage_full' }, rows: 0 });
  await world.pool.query('DROP TRIGGER full_disk ON event_log.events');
  const end = await ended(world, importer, id);
  await importer.end();
  expect(countsOf(end)).toMatchObject({ status: 'Failed', rows: FEW_ROWS, failed: Math.ceil(FEW_ROWS / BAD_EVERY) });
  expect(end.waiting).toBeUndefined();
});

it('a database that is restarted in the middle holds up the import and changes nothing about it', async () => {
  const world = await newWorld();
  const importer = await world.start();
  const { id } = await uploaded(importer, fileOf(ROWS));
  await world.until(async () => (await world.rowsStored()) > 0);
  // What clients meet when a server restarts: every connection of the database ends, and none is let in for a while.
  const name = new URL(world.url).pathname.slice(1);
  const server = createPool({ url: database.url, schema: 'public', max: 1, applicationName: 'restart' });
  await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  await pause(500);
  await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await server.end();
  const state = await ended(world, importer, id);
  await importer.end();
  expect(countsOf(state)).toMatchObject({ status: 'Failed', rows: ROWS, failed: Math.ceil(ROWS / BAD_EVERY) });
});
