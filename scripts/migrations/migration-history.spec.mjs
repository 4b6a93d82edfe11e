import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestDatabase } from '@poinciana/embedded-database';
import pg from 'pg';
import { servicesWithSchema } from '../generate/prisma-clients.mjs';
import { historyProblems, writeMigration } from './migration-history.mjs';
import { shapeProblems } from './table-shapes.mjs';

let database;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

async function connect() {
  const client = new pg.Client(await database.createDatabase());
  await client.connect();
  return client;
}

const root = join(import.meta.dirname, '../..');
const SOURCE = 'datasource db {\n  provider = "postgresql"\n}\n\n';
const ONE_COLUMN = `${SOURCE}model Thing {\n  id String @id @db.Uuid\n}\n`;
const TWO_COLUMNS = `${SOURCE}model Thing {\n  id   String @id @db.Uuid\n  name String\n\n  @@index([name])\n}\n`;

describe('the migrations of every service', () => {
  const services = servicesWithSchema(root);

  it('there are services with a schema', () => {
    expect(services).toContain('campaign-config');
  });

  it.each(services)('%s: lead to its schema.prisma', async (service) => {
    expect(await historyProblems(join(root, 'services', service, 'prisma'))).toEqual([]);
  });

  it.each(services)('%s: make the tables that its schema.prisma says', async (service) => {
    expect(await shapeProblems(join(root, 'services', service, 'prisma'), connect)).toEqual([]);
  });
});

let folder;
const schema = (text) => writeFileSync(join(folder, 'schema.prisma'), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poinciana-history-'));
  mkdirSync(join(folder, 'migrations'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a history', () => {
  it('is written step by step, without a database', async () => {
    schema(ONE_COLUMN);
    const first = await writeMigration(folder, 'first', new Date('2026-01-02T03:04:05Z'));
    expect(first).toBe(join(folder, 'migrations/20260102030405_first'));
    schema(TWO_COLUMNS);
    const second = await writeMigration(folder, 'second', new Date('2026-01-02T03:04:06Z'));
    expect(readFileSync(join(first, 'migration.sql'), 'utf8')).toContain('CREATE TABLE "Thing"');
    const sql = readFileSync(join(second, 'migration.sql'), 'utf8');
    expect(sql).toContain('ALTER TABLE "Thing" ADD COLUMN     "name" TEXT NOT NULL');
    expect(sql).toContain('CREATE INDEX "Thing_name_idx"');
    expect(sql).not.toContain('CREATE TABLE');
    expect(await historyProblems(folder)).toEqual([]);
    expect(await writeMigration(folder, 'third', new Date('2026-01-02T03:04:07Z'))).toBeUndefined();
  });

  it('names a change of the schema that has no migration', async () => {
    schema(ONE_COLUMN);
    await writeMigration(folder, 'first', new Date('2026-01-02T03:04:05Z'));
    schema(TWO_COLUMNS);
    expect(await historyProblems(folder)).toEqual([expect.stringContaining('new-migration.mjs')]);
  });

  it('refuses a name that no folder should have', async () => {
    schema(ONE_COLUMN);
    await expect(writeMigration(folder, '../x', new Date())).rejects.toThrow('named like');
  });
});

describe('the tables that migrations make', () => {
  it('names what was taken out of a migration', async () => {
    schema(TWO_COLUMNS);
    const file = join(await writeMigration(folder, 'first', new Date('2026-01-02T03:04:05Z')), 'migration.sql');
    const sql = readFileSync(file, 'utf8');
    writeFileSync(file, sql.replace(/CREATE INDEX[^;]*;/, ''));
    expect(await shapeProblems(folder, connect)).toEqual([
      expect.stringMatching(/^The migrations lack Thing: CREATE INDEX "Thing_name_idx"/),
    ]);
    writeFileSync(file, sql.replace('"name" TEXT NOT NULL', '"name" TEXT, more INTEGER'));
    expect(await shapeProblems(folder, connect)).toEqual([
      'The migrations lack the column Thing: name text not null.',
      'schema.prisma does not know the column Thing: name text.',
      'schema.prisma does not know the column Thing: more integer.',
    ]);
  });

  it('may do more by hand than Prisma knows of', async () => {
    schema(ONE_COLUMN);
    const file = join(await writeMigration(folder, 'first', new Date('2026-01-02T03:04:05Z')), 'migration.sql');
    const more =
      'CREATE INDEX half ON "Thing"(id) WHERE id IS NOT NULL; ALTER TABLE "Thing" ADD CHECK (id IS NOT NULL); CREATE TABLE other (a int);';
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n${more}\n`);
    expect(await shapeProblems(folder, connect)).toEqual([]);
  });
});
