import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { FieldType } from '@poinciana/campaign-definition';
import { FieldIndexes } from '../src/views/participants/field-indexes.js';
import { participantChanges } from '../src/views/participants/participant-changes.js';
import { CAMPAIGN, idOf, SpecLog } from './stored-events.js';
import { PostgresStore } from './view-stores.js';

/** As long as a value may be, and nothing that could be kept in fewer bytes. */
const LONG = randomBytes(24_000).toString('base64');
const REPLACED = new URL(
  '../prisma/migrations/20261129211500_indexes_on_parts_of_fields/migration.sql',
  import.meta.url,
);

let postgres: PostgresStore;
let indexes: FieldIndexes;
beforeAll(async () => {
  postgres = await PostgresStore.start();
  indexes = new FieldIndexes(postgres.pool);
});
beforeEach(async () => {
  await postgres.empty();
  for (const field of ['note', 'amount']) await indexes.drop(CAMPAIGN, field);
});
afterAll(() => postgres.stop());

async function comes(name: string, note: string): Promise<void> {
  const views = postgres.views();
  const event = new SpecLog().participant('ParticipantCreated', { id: idOf(name) }, { name, note });
  await views.commit(views.participants.write(participantChanges([event])));
}

async function built(field: string, type: FieldType): Promise<string | undefined> {
  await indexes.build(CAMPAIGN, field, type, [field]);
  await indexes.settled();
  return (await indexes.list(CAMPAIGN, [field]))[0]?.state;
}

/** The indexes that somebody asked for, and what is known for them, as they stand in the database. */
async function definitions(): Promise<readonly string[]> {
  const { rows } = await postgres.pool.query<{ definition: string }>(
    `SELECT indexdef AS definition FROM pg_indexes WHERE indexname LIKE 'field\\_%'
     UNION ALL SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext WHERE stxname LIKE 'field\\_%' ORDER BY 1`,
  );
  return rows.map(({ definition }) => definition);
}

it('an index holds up nobody with a long value, whichever came first', async () => {
  await comes('anna', LONG);
  expect(await built('note', 'string')).toBe('ready');
  await comes('ben', LONG);
  const { rows } = await postgres.pool.query(`SELECT FROM participant WHERE "values" ->> 'note' = $1`, [LONG]);
  expect(rows).toHaveLength(2);
});

it.each(['string', 'email', 'date'] as const)(
  'an index on whole values of the type %s, from before, is made anew',
  async (type) => {
    await built('note', type);
    await built('amount', 'numeric');
    const today = await definitions();
    const [index = '', statistics = ''] = today.filter((definition) => definition.includes('left'));
    const whole = (definition: string) => definition.replace(/"?left"?\((.*), 256\)/, '($1)');
    const name = /field_\w+/.exec(index)?.[0] ?? '';
    await postgres.pool.query(`DROP STATISTICS ${name}; DROP INDEX ${name}; ${whole(index)}; ${whole(statistics)}`);
    expect(await definitions()).not.toEqual(today);
    await postgres.pool.query(await readFile(REPLACED, 'utf8'));
    expect(await definitions()).toEqual(today);
    expect(await indexes.list(CAMPAIGN, ['note', 'amount'])).toMatchObject([{ state: 'ready' }, { state: 'ready' }]);
    await comes('anna', LONG);
  },
);
