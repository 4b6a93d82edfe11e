import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { asyncApiDocument } from './asyncapi.mjs';
import { bufProgram, descriptorsOf, filesBelow } from './buf.mjs';
import { contractSchemas } from './json-schemas.mjs';
import { hashOf, isUpToDate, stampInputs } from './up-to-date.mjs';

const require = createRequire(import.meta.url);

/** Types only: an event is plain JSON, written and read as it is. */
const TS_PROTO_OPTIONS = [
  'onlyTypes=true',
  'importSuffix=.js',
  'useOptionals=none',
  'useReadonlyTypes=true',
  'forceLong=number',
  'outputIndex=false',
  'useJsonName=true',
];
/** What the output follows from besides the sources: a change of the generator makes everything anew. */
const GENERATOR = ['contracts', 'buf', 'json-schemas', 'asyncapi'].map((name) =>
  join(import.meta.dirname, `${name}.mjs`),
);

/** Generates types and schemas of `proto/` into `libs/contracts/src/generated`. Answers whether there was something to do. */
export function generateContracts(root) {
  const protoFolder = join(root, 'proto');
  const target = join(root, 'libs/contracts/src/generated');
  const sources = filesBelow(protoFolder).filter((file) => file.endsWith('.proto'));
  const tools = ['ts-proto', '@bufbuild/buf'].map((name) => `${name} ${require(`${name}/package.json`).version}`);
  const hash = hashOf([...sources, ...GENERATOR], ...tools);
  if (isUpToDate(target, hash)) return false;
  const work = mkdtempSync(join(tmpdir(), 'poinciana-contracts-'));
  try {
    runBuf(protoFolder, work);
    writeContracts(work, target, contractSchemas(descriptorsOf(protoFolder)), hash);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return true;
}

/** Runs buf, which needs no network for this, with ts-proto as its plugin. Its own sentence tells what is wrong with a file. */
function runBuf(protoFolder, work) {
  const plugin = require.resolve('ts-proto/protoc-gen-ts_proto');
  const template = {
    version: 'v2',
    plugins: [{ local: [process.execPath, plugin], out: join(work, 'out'), strategy: 'all', opt: TS_PROTO_OPTIONS }],
  };
  execFileSync(bufProgram(), ['generate', protoFolder, '--template', JSON.stringify(template)], {
    cwd: work,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function writeContracts(work, target, schemas, hash) {
  const out = join(work, 'out');
  const next = `${target}.next`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  const modules = filesBelow(join(out, 'poinciana')).map((file) => {
    const module = relative(out, file).replaceAll('\\', '/');
    mkdirSync(dirname(join(next, module)), { recursive: true });
    writeFileSync(join(next, module), plainTypes(readFileSync(file, 'utf8'), module));
    return module;
  });
  const lines = modules
    .sort()
    .map((module) => `export type * as ${nameOf(module)} from './${module.replace(/\.ts$/, '.js')}';\n`);
  writeFileSync(join(next, 'index.ts'), lines.length === 0 ? 'export {};\n' : lines.join(''));
  writeFileSync(join(next, 'schemas.ts'), schemasModule(schemas));
  stampInputs(next, hash);
  rmSync(target, { recursive: true, force: true });
  renameSync(next, target);
}

function schemasModule(schemas) {
  const json = (value) => JSON.stringify(value, null, 2);
  return [
    "import type { JsonObject } from '../json.js';",
    "import type { ContractSchema } from '../schemas.js';",
    `export const contractSchemas: readonly ContractSchema[] = ${json(schemas)};`,
    `export const asyncApiDocument: JsonObject = ${json(asyncApiDocument(schemas))};\n`,
  ].join('\n\n');
}

/** Each category is a namespace: `poinciana/flow_runs/v1/flow_runs.ts` is `flowRuns`, its next version `flowRunsV2`. */
export function nameOf(module) {
  const parts = /^poinciana\/(\w+)\/v(\d+)\/(\w+)\.ts$/.exec(module);
  if (parts === null || parts[1] !== parts[3]) {
    throw new Error(
      `A contract is called poinciana/<category>/v<version>/<category>.proto, not ${module.replace(/\.ts$/, '.proto')}.`,
    );
  }
  const category = parts[1].replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  return parts[2] === '1' ? category : `${category}V${parts[2]}`;
}

/**
 * What ts-proto writes, as plain JSON: a message field that is not marked optional is there; a Struct is a JSON object.
 * ts-proto would make every message field optional, as the binary format does, and leaves Struct untyped.
 */
export function plainTypes(text, module) {
  const plain = text
    .replace(/^export const protobuf(?:Package|FileName) = .*\n+/gm, '')
    .replace(/^import .*google\/protobuf\/struct\.js";\n/gm, '')
    .replace(/\{ readonly \[key: string\]: any \}/g, 'JsonObject')
    .replace(/\bany\b(?=[\s;|[\]})])/g, (word, at, whole) => (isComment(whole, at) ? word : 'JsonValue'))
    .replace(/^( +readonly \w+):\s+(?:\|\s*)?([^;]*?)\s*\|\s*undefined;/gm, '$1: $2;');
  if (/^export (?:const|enum|function)/m.test(plain)) {
    throw new Error(`${basename(module)} defines an enumeration. Use a string, and name its values in the comment.`);
  }
  const types = ['JsonObject', 'JsonValue'].filter((type) => new RegExp(`\\b${type}\\b`).test(plain));
  if (types.length === 0) return plain;
  const up = '../'.repeat(module.split('/').length);
  return plain.replace(
    '/* eslint-disable */\n',
    `/* eslint-disable */\nimport type { ${types.join(', ')} } from '${up}json.js';\n`,
  );
}

function isComment(text, at) {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at).trimStart();
  return line.startsWith('*') || line.startsWith('/');
}
