import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenApiDocument } from './lacking-examples.js';
import { type Filled, type Held, Schemathesis } from './schemathesis.js';
import { NOT_THERE, type Read, readAs, readsOf, tellingValues } from './workspace-reads.js';
import { filledIn, type Ids, ToldDemo } from './told-demo.js';

/** Two at a time, longest first: the process answers one while the tool thinks about the other. */
const LANES = [
  ['views', 'flows'],
  ['config', 'ingest', 'dispatch'],
] as const;
/** Reads that are asked to wait for a later place do so for two seconds: this one was reached long ago. */
const REACHED = '0:1';
/** Characters of a failed run that are shown. */
const COMPLAINTS_MAX = 2_000;

const demo = new ToldDemo();
const schemathesis = new Schemathesis();
const held = new Map<string, Held>();
const OTHER_WORKSPACE = '00000000-0000-4000-8000-0000000000ee';
/** What the owner of everything reads, and what somebody else does who knows all her ids. */
const reads: { readonly own: Read; readonly strange: Read }[] = [];

beforeAll(async () => {
  await Promise.all([schemathesis.install(), demo.tell()]);
  const ids = await demo.ids();
  await readByBoth(ids);
  const { authorization } = await demo.standalone.authorization();
  const lanes = LANES.map(async (prefixes) => {
    for (const prefix of prefixes) {
      const filled = readable(await documentOf(prefix), ids);
      const document = `${demo.url}/api/${prefix}/openapi.json`;
      held.set(prefix, await schemathesis.hold(prefix, document, authorization, filled));
    }
  });
  await Promise.all(lanes);
});
afterAll(async () => {
  await demo.standalone.remove();
  schemathesis.remove();
});

/** Before anything is changed by requests of the tool. */
async function readByBoth(ids: Ids): Promise<void> {
  for (const prefix of LANES.flat())
    for (const path of readsOf(await documentOf(prefix), ids))
      reads.push({ own: await readAs(demo, undefined, path), strange: await readAs(demo, OTHER_WORKSPACE, path) });
}

async function documentOf(prefix: string): Promise<OpenApiDocument> {
  return (await (await fetch(`${demo.url}/api/${prefix}/openapi.json`)).json()) as OpenApiDocument;
}

/** What is read is there, so that its whole answer is held to the document; what is changed is mostly not, and refused. */
function readable({ paths }: OpenApiDocument, ids: Ids): Filled {
  const reads = Object.entries(paths).flatMap(([path, { get }]) => (get === undefined ? [] : [[path, get] as const]));
  return Object.fromEntries(
    reads.flatMap(([path, { parameters = [] }]) => {
      const waits = parameters.some(({ name }) => name === 'waitFor') ? { waitFor: REACHED } : {};
      const filled = { ...filledIn(path, ids), ...waits };
      return Object.keys(filled).length === 0 ? [] : [[`GET ${path}`, filled]];
    }),
  );
}

/** What the tool says behind its banner and its progress: a report that cuts long messages in the middle shows the cause. */
function complaintsOf(output: string): string {
  const at = output.search(/^=+ (FAILURES|ERRORS) =+$/m);
  return at < 0 ? output : output.slice(at, at + COMPLAINTS_MAX);
}

describe('the OpenAPI document', () => {
  it.each(LANES.flat())(
    'of %s says what is answered: never an error of ours, nothing that it does not describe',
    (prefix) => {
      const { code, output } = held.get(prefix) ?? { code: -1, output: 'It was not held to anything' };
      if (code !== 0) throw new Error(complaintsOf(output));
      expect(output).toMatch(/[1-9]\d* generated, [1-9]\d* passed/);
      expect(output).toContain('No issues found');
    },
  );

  it('is held to a process that goes on', async () => {
    expect((await fetch(`${demo.url}/health/ready`)).status).toBe(200);
  });
});

describe('everything that can be read', () => {
  it('is there for whom it belongs to', () => {
    expect(reads.length).toBeGreaterThan(50);
    const missing = reads.filter(({ own }) => own.status !== 200 && !NOT_THERE.test(own.path));
    expect(missing.map(({ own }) => `${own.path} ${own.status}`)).toEqual([]);
  });

  it('is not there for anybody else who knows all ids, and nothing of it is told', () => {
    const values = [...new Set(reads.flatMap(({ own }) => tellingValues(own)))];
    expect(values.length).toBeGreaterThan(100);
    const faults = reads.flatMap(({ strange: { path, status, text } }) => {
      const told = values.filter((value) => text.includes(value));
      return told.length === 0 && [200, 404].includes(status) ? [] : [{ path, status, told }];
    });
    expect(faults).toEqual([]);
  });
});
