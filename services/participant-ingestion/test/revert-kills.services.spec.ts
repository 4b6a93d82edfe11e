import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import fc from 'fast-check';
import { CAMPAIGN } from './fixtures.js';
import { ImportWorld, LOOK_MS } from './import-world.js';
import type { ImporterProcess } from './importer-process.js';
import { ended, uploaded } from './imported-uploads.js';
import { streamsOf } from './people-streams.js';

/** KILLS in the environment makes it as long as one likes; with SEED the kills come at the same places of the log. */
const KILLS = Number(process.env['KILLS'] ?? 5);
const SEED = Number(process.env['SEED'] ?? Date.now());
/** Half of the file's people were there before it, and some are changed after it. */
const PEOPLE = KILLS * 2_000;
const CHANGED_AFTERWARDS_EVERY = 50;
/** A kill comes after a random part of this many events more; a step is 1,000 of them. */
const EVENTS_BETWEEN_KILLS = 2_300;

interface RevertState {
  readonly status: string;
  readonly participantsDeleted: number;
  readonly participantsRestored: number;
  readonly profilesRestored: number;
  readonly leftAlone: readonly { readonly reason: string; readonly count: number }[];
}

let database: TestDatabase;
const worlds: ImportWorld[] = [];
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(async () => {
  for (const world of worlds) await world.close();
  await database.stop();
});

function fileOf(people: number, amount: number, every = 1): string {
  const lines = Array.from({ length: Math.ceil(people / every) }, (_, at) => {
    const person = at * every;
    return `person-${person},p${person}@example.com,${amount}`;
  });
  return `external_id,email,amount\n${lines.join('\n')}\n`;
}

/** A world with three uploads, the second of which is to be reverted. */
async function newWorld() {
  const world = await ImportWorld.make(database);
  worlds.push(world);
  const importer = await world.start();
  const files = [fileOf(PEOPLE / 2, 1), fileOf(PEOPLE, 2), fileOf(PEOPLE, 3, CHANGED_AFTERWARDS_EVERY)];
  const ids: string[] = [];
  for (const file of files) {
    const { id } = await uploaded(importer, file);
    expect(await ended(world, importer, id)).toMatchObject({ status: 'Completed' });
    ids.push(id);
  }
  return { world, importer, path: `${CAMPAIGN}/uploads/${ids[1] ?? ''}/revert` };
}

/** How it ended, and nothing of when. */
async function reverted(world: ImportWorld, importer: ImporterProcess, path: string): Promise<RevertState> {
  const state = () => importer.call<RevertState>('GET', path);
  await world.until(async () => (await state()).status !== 'Processing');
  const { status, participantsDeleted, participantsRestored, profilesRestored, leftAlone } = await state();
  return { status, participantsDeleted, participantsRestored, profilesRestored, leftAlone };
}

async function placeOf({ pool }: ImportWorld): Promise<{ readonly at: number; readonly isOver: boolean }> {
  const sql = `SELECT at_number::float8 AS at, ended_at IS NOT NULL AS "isOver" FROM participant_ingestion.upload_revert`;
  return (await pool.query<{ at: number; isOver: boolean }>(sql)).rows[0] ?? { at: 0, isOver: false };
}

it(`a revert that is killed ${KILLS} times undoes what one that nobody disturbed undoes, and nothing twice`, async () => {
  const calm = await newWorld();
  await calm.importer.call('POST', calm.path);
  const expected = await reverted(calm.world, calm.importer, calm.path);
  await calm.importer.end();
  expect(expected).toMatchObject({ status: 'Completed' });
  expect(expected.participantsDeleted).toBeGreaterThan(0);
  expect(expected.participantsRestored).toBeGreaterThan(0);
  expect(expected.leftAlone.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(['brought_in_since', 'changed_since', 'customer_kept']),
  );

  const { world, importer: first, path } = await newWorld();
  let importer = first;
  await importer.call('POST', path);
  let killed = 0;
  const chances = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed: SEED, numRuns: 2 * KILLS });
  for (let kill = 0; kill < KILLS; kill++) {
    const from = (await placeOf(world)).at + (chances[2 * kill] ?? 0) * EVENTS_BETWEEN_KILLS;
    await world.until(async () => {
      const { at, isOver } = await placeOf(world);
      return isOver || at >= from;
    });
    // Between two looks at the table, so that it also falls between an append and its progress.
    await pause((chances[2 * kill + 1] ?? 0) * LOOK_MS);
    await importer.end('SIGKILL');
    if (!(await placeOf(world)).isOver) killed += 1;
    await world.passLeases();
    importer = await world.start();
  }
  expect(await reverted(world, importer, path)).toEqual(expected);
  await importer.end();
  expect(killed).toBeGreaterThan(KILLS / 2);
  const [streams, calmStreams] = [await streamsOf(world), await streamsOf(calm.world)];
  expect([...streams.keys()]).toEqual([...calmStreams.keys()]);
  for (const [name, events] of streams) expect({ name, events }).toEqual({ name, events: calmStreams.get(name) });
});
