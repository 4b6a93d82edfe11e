import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

const require = createRequire(import.meta.url);

/** Prisma's codes of column types, as its driver adapters use them. */
const INT32 = 0;
const BOOLEAN = 5;
const TEXT = 7;
const CREATE_SCHEMA = /^-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n+/;

let engine;

/**
 * The SQL that leads from one Prisma schema to another, as text; empty when they agree. `undefined` stands for a schema
 * without tables. Needs no database: both sides are schemas.
 */
export async function schemaDiff(from, to) {
  engine ??= await loadEngine();
  const { stdout } = await engine.diff({
    from: from === undefined ? { tag: 'empty' } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  // Our own runner makes the schema, under the service's own name.
  const sql = (stdout ?? '').replace(CREATE_SCHEMA, '').trim();
  return sql === '-- This is an empty migration.' || sql === '' ? '' : `${sql}\n`;
}

function datamodel(content) {
  return { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] };
}

/** Loads the schema engine, which is a WebAssembly module, the way Prisma's own program does. */
async function loadEngine() {
  const binding = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const functions = await import(pathToFileURL(binding).href);
  const module = new WebAssembly.Module(readFileSync(binding.replace(/\.js$/, '.wasm')));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': functions });
  functions.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return functions.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(noDatabase),
  );
}

/** The engine wants to know which PostgreSQL it writes for, even when it only compares schemas. Nothing else is answered. */
const connection = {
  provider: 'postgres',
  adapterName: 'no-database',
  queryRaw: async ({ sql }) => {
    if (!sql.includes('numeric_version')) throw new Error('A comparison of schemas must not ask a database');
    return {
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [BOOLEAN, TEXT, INT32],
      rows: [[true, 'PostgreSQL 18.0', 180000]],
    };
  },
  executeRaw: async () => 0,
  executeScript: async () => undefined,
  dispose: async () => undefined,
  getConnectionInfo: () => ({ supportsRelationJoins: true, schemaName: 'public' }),
  startTransaction: async () => {
    throw new Error('A comparison of schemas must not ask a database');
  },
};
const noDatabase = {
  provider: 'postgres',
  adapterName: 'no-database',
  connect: async () => connection,
  connectToShadowDb: async () => connection,
};
