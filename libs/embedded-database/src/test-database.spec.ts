import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from './free-port.js';
import { startTestDatabase, type TestDatabase } from './test-database.js';
import { ask } from '../test/ask.js';

describe('a test database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database.stop());

  it('gives databases that do not see each other', async () => {
    const [one, other] = [await database.createDatabase(), await database.createDatabase()];
    await ask(one, 'CREATE TABLE mine (id int)');
    expect(await ask(one, `SELECT to_regclass('mine')::text AS found`)).toEqual([{ found: 'mine' }]);
    expect(await ask(other, `SELECT to_regclass('mine')::text AS found`)).toEqual([{ found: null }]);
  });

  it('orders text as the real one does, in UTF-8', async () => {
    const shown = await ask(
      await database.createDatabase(),
      `SELECT datlocprovider AS provider, datlocale AS locale, pg_encoding_to_char(encoding) AS encoding
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(shown).toEqual([{ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' }]);
  });

  it('asks for the password', async () => {
    const url = new URL(database.url);
    url.password = 'guessed';
    await expect(ask(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('takes another port when somebody was faster', async () => {
    const taken = Number(new URL(database.url).port);
    const ports = [taken, taken];
    const other = await startTestDatabase({ pickPort: async () => ports.pop() ?? freePort() });
    try {
      expect(await ask(other.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(Number(new URL(other.url).port)).not.toBe(taken);
    } finally {
      await other.stop();
    }
  });

  it('says which port is taken when every attempt met a taken one', async () => {
    const taken = Number(new URL(database.url).port);
    await expect(startTestDatabase({ pickPort: async () => taken })).rejects.toThrow(
      `The port ${taken} for the database is in use.`,
    );
  });
});
