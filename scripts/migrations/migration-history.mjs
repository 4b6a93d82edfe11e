import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaDiff } from './schema-diff.mjs';

const FOLDER = /^\d{14}_[a-z0-9_]+$/;
const NAME = /^[a-z][a-z0-9_]{0,60}$/;
const SNAPSHOT = 'schema.prisma';

/**
 * The migrations of a service in their order. Each keeps the schema that it leads to beside its SQL, so that the next one can
 * be written without a database. One without a snapshot changes nothing that Prisma knows of.
 */
export function readHistory(prismaFolder) {
  const folder = join(prismaFolder, 'migrations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      name,
      sql: textOf(join(folder, name, 'migration.sql')),
      schema: textOf(join(folder, name, SNAPSHOT)),
    }));
}

/** What is wrong with the history itself: one sentence each, none when all is well. */
export async function historyProblems(prismaFolder) {
  const schema = readFileSync(join(prismaFolder, 'schema.prisma'), 'utf8');
  const history = readHistory(prismaFolder);
  const problems = history.flatMap(({ name, sql }) => [
    ...(FOLDER.test(name) ? [] : [`${name} must be called <yyyymmddhhmmss>_<name>.`]),
    ...(sql === undefined ? [`${name} has no migration.sql.`] : []),
  ]);
  if ((await schemaDiff(lastSchema(history), schema)) !== '') {
    problems.push(
      'schema.prisma says more or less than the migrations: run scripts/new-migration.mjs, or, if the last migration was written by hand, copy schema.prisma beside it.',
    );
  }
  return problems;
}

/** Writes the next migration: its SQL and the schema it leads to. Answers its folder, or `undefined` when nothing changed. */
export async function writeMigration(prismaFolder, name, now) {
  if (!NAME.test(name)) throw new Error(`A migration is named like add_campaign_status, not ${name}.`);
  const schema = readFileSync(join(prismaFolder, 'schema.prisma'), 'utf8');
  const before = lastSchema(readHistory(prismaFolder));
  const sql = await schemaDiff(before, schema);
  if (sql === '') return undefined;
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(prismaFolder, 'migrations', `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(join(folder, SNAPSHOT), schema);
  return folder;
}

function lastSchema(history) {
  return history.findLast((migration) => migration.schema !== undefined)?.schema;
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
