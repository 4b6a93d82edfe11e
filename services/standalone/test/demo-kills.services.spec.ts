import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DemoRun, tablesOf } from './demo-run.js';
import { SeededRandom } from './seeded-random.js';
import { toldReplies } from './told-replies.js';
import { countsOf, sumOfDifferences } from './table-counts.js';

/** KILLS and SEED in the environment make it longer, and make it again. */
const kills = Number(process.env['KILLS'] ?? 20);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const LIFE_MIN_MS = 300;
const LIFE_MAX_MS = 3_000;
/** A bound against hanging. */
const DEMO_MS = 1_200_000;

/** Starts the process, lets it live for a moment, and kills it: every second time together with its database. */
async function killOnce({ standalone }: DemoRun, kill: number, random: SeededRandom): Promise<void> {
  await standalone.start();
  await delay(LIFE_MIN_MS + random.fraction() * (LIFE_MAX_MS - LIFE_MIN_MS));
  const database = standalone.databasePid();
  if (kill % 2 === 1 && database !== undefined) process.kill(database, 'SIGKILL');
  await standalone.end('SIGKILL');
}

describe('the demo, killed at random moments, with its people living on,', () => {
  let undisturbed: DemoRun;
  let disturbed: DemoRun;
  beforeEach(async () => {
    [undisturbed, disturbed] = [await DemoRun.create(), await DemoRun.create()];
  });
  afterEach(async () => {
    await undisturbed.end();
    await disturbed.end();
  });

  it(
    'ends with the table of an undisturbed one, and nobody is written to twice',
    async () => {
      const random = new SeededRandom(seed);
      process.stderr.write(`${kills} kills of the demo with SEED=${seed}\n`);
      await undisturbed.standalone.start();
      const half = Math.ceil(kills / 2);
      for (let kill = 0; kill < half; kill++) await killOnce(disturbed, kill, random);
      await disturbed.standalone.start();
      await disturbed.untilSaid(/NoResponse [1-9]/);
      await disturbed.standalone.end('SIGKILL');
      for (let kill = half; kill < kills; kill++) await killOnce(disturbed, kill, random);
      await disturbed.standalone.start();
      const [expected, found] = await Promise.all([
        undisturbed.untilSaid(/\nWhy was/).then(tablesOf),
        disturbed.untilSaid(/\nWhy was/),
      ]);
      const accepted = await disturbed.accepted();
      const replies = await toldReplies(disturbed.standalone.dataDir);
      const unknown = Number(/outcome_unknown\s*│\s*Failed\s*│\s*(\d+)/.exec(found)?.[1] ?? 0);
      process.stderr.write(
        `${JSON.stringify({ seed, kills, unknown, accepted, replies })}\n${found.slice(found.indexOf('\nRows\n'))}\n`,
      );
      expect(accepted).toMatchObject({ acceptedPerCommunicationMax: 1, communicationsAcceptedMoreThanOnce: 0 });
      expect(replies.received).toBe(accepted.inbound);
      // Each unknown outcome may end another way, and may or may not be followed up.
      const differences = sumOfDifferences(countsOf(expected), countsOf(tablesOf(found)));
      expect(differences).toBeLessThanOrEqual(8 * unknown);
    },
    DEMO_MS,
  );
});
