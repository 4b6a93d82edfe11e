import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { CAMPAIGN, writeCampaign } from './fixtures.js';
import { ImportWorld } from './import-world.js';
import type { ImporterProcess } from './importer-process.js';

const OTHER_CAMPAIGN = 'aaaaaaaa-0000-4000-8000-000000000002';
const PEOPLE = 400;
const ROUNDS = 8;

let database: TestDatabase;
let world: ImportWorld;
beforeAll(async () => {
  database = await startTestDatabase();
  world = await ImportWorld.make(database);
  await writeCampaign(world.store, { id: OTHER_CAMPAIGN });
});
afterAll(async () => {
  await world.close();
  await database.stop();
});

const emailOf = (round: number, person: number) => `r${round}p${person}@example.com`;

/** The same people, known to one caller by one key more and to the other by another. */
function add(
  importer: ImporterProcess,
  campaign: string,
  round: number,
  key: 'external_id' | 'phone',
): Promise<unknown> {
  const items = Array.from({ length: PEOPLE }, (_, person) => {
    const value = key === 'phone' ? `49${1_000_000 + round * PEOPLE + person}` : `x-${round}-${person}`;
    return { attributes: { email: emailOf(round, person), [key]: value } };
  });
  // Whoever comes from the other end meets the first one in the middle.
  return importer.call(
    'POST',
    `${campaign}/participants`,
    JSON.stringify(key === 'phone' ? items.toReversed() : items),
  );
}

it('two processes that take in the same people at once make one customer of each', async () => {
  const [one, other] = await Promise.all([world.start(), world.start()]);
  for (let round = 0; round < ROUNDS; round++)
    await Promise.all([add(one, CAMPAIGN, round, 'external_id'), add(other, OTHER_CAMPAIGN, round, 'phone')]);
  await Promise.all([one.end(), other.end()]);
  const log = await world.log();
  const customers = new Map<string, Record<string, unknown>>();
  for (const { stream, type, personal } of log)
    if (type === 'CustomerProfileChanged')
      customers.set(stream, (personal as { profile: Record<string, unknown> }).profile);
  const profiles = [...customers.values()];
  const emails = Array.from({ length: ROUNDS * PEOPLE }, (_, at) => emailOf(Math.floor(at / PEOPLE), at % PEOPLE));
  expect(profiles.map(({ email }) => String(email)).sort()).toEqual(emails.sort());
  expect(profiles.filter(({ external_id: id, phone }) => id === undefined || phone === undefined)).toEqual([]);
  const created = log.filter(({ type }) => type === 'ParticipantCreated');
  expect(created).toHaveLength(2 * emails.length);
});
