import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { Upload } from 'tus-js-client';
import { CAMPAIGN, OTHER_WORKSPACE, WORKSPACE } from './fixtures.js';
import { ImportWorld } from './import-world.js';
import type { ImporterProcess } from './importer-process.js';

const ROWS = 4_000;
const PART_BYTES = 16 * 1024;
const FILE = `external_id,email,due_date\n${Array.from({ length: ROWS }, (_, at) => `part-${at},part${at}@example.com,30.06.2026\n`).join('')}`;
const PATH = `/api/ingest/campaigns/${CAMPAIGN}/resumable-uploads`;

interface UploadState {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly created: number;
}

let database: TestDatabase;
let world: ImportWorld;
let importer: ImporterProcess;
beforeAll(async () => {
  database = await startTestDatabase();
  world = await ImportWorld.make(database);
  importer = await world.start();
});
afterAll(async () => {
  await importer.end();
  await world.close();
  await database.stop();
});

interface Sending {
  /** Called after each part with the bytes that are stored; answering false breaks off. */
  readonly onPart?: (upload: Upload, storedBytes: number) => void;
  readonly address?: string;
  readonly workspace?: string;
}

/** Sends a file as a browser does. Answers the path of the upload, once it is through or broken off. */
async function send(text: string, { onPart, address, workspace = WORKSPACE }: Sending = {}): Promise<string> {
  const token = await importer.token(workspace);
  return new Promise((resolve, reject) => {
    const pathOf = () => new URL(upload.url ?? 'http://nowhere').pathname;
    const upload: Upload = new Upload(Buffer.from(text), {
      endpoint: `${importer.url}${PATH}?dateFormat=DD.MM.YYYY`,
      ...(address === undefined ? {} : { uploadUrl: importer.url + address }),
      headers: { authorization: `Bearer ${token}` },
      metadata: { filename: 'people.csv' },
      chunkSize: PART_BYTES,
      retryDelays: null,
      onChunkComplete: (_, storedBytes) => onPart?.(upload, storedBytes),
      onSuccess: () => resolve(pathOf()),
      onError: (error) => (onPart === undefined ? reject(error) : resolve(pathOf())),
    });
    upload.start();
  });
}

async function request(method: string, path: string, headers: object = {}, workspace = WORKSPACE, body?: string) {
  const token = await importer.token(workspace);
  const response = await fetch(importer.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const code = text.startsWith('{') ? (JSON.parse(text) as { code: string }).code : undefined;
  return { status: response.status, code, headers: response.headers };
}

async function ended(id: string): Promise<UploadState> {
  const state = () => importer.call<UploadState>('GET', `${CAMPAIGN}/uploads/${id}`);
  await world.until(async () => (await state()).status !== 'Processing');
  return state();
}

const idOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const CREATION = { 'upload-length': '10', 'upload-metadata': `filename ${btoa('people.csv')}` };
const PART = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };

describe('a file that a browser sends in parts', () => {
  it('goes on after the process was killed in the middle, and is imported; nobody else gets to it', async () => {
    let killed: Promise<void> | undefined;
    const path = await send(FILE, {
      onPart: (_, storedBytes) => {
        if (storedBytes > FILE.length / 3) killed ??= importer.end('SIGKILL');
      },
    });
    await killed;
    expect(killed).toBeDefined();
    importer = await world.start();
    const stored = Number((await request('HEAD', path)).headers.get('upload-offset'));
    expect(stored).toBeGreaterThan(FILE.length / 3);
    expect(stored).toBeLessThan(FILE.length);
    for (const [method, headers] of [
      ['HEAD', {}],
      ['DELETE', {}],
      ['PATCH', PART],
    ] as const)
      expect((await request(method, path, headers, OTHER_WORKSPACE)).status).toBe(404);
    await expect(send(FILE, { address: path, workspace: OTHER_WORKSPACE })).rejects.toThrow('404');
    // Its campaign waits for it.
    expect(await request('POST', PATH, CREATION)).toMatchObject({ status: 409, code: 'upload_in_progress' });
    expect(await send(FILE, { address: path })).toBe(path);
    expect(await ended(idOf(path))).toMatchObject({ status: 'Completed', created: ROWS });
    expect((await request('DELETE', path)).status).toBe(400);
  });

  it('ends as Failed with the reason when the file is refused', async () => {
    const path = await send('email\na@example.com\n"open\n');
    expect(await ended(idOf(path))).toMatchObject({ status: 'Failed', reason: 'unclosed_quote' });
  });

  it('is refused in the words of this service', async () => {
    const metadata = { 'upload-metadata': `filename ${btoa('people.xlsx')}` };
    expect(await request('POST', PATH, { ...CREATION, ...metadata })).toMatchObject({ status: 422, code: 'not_csv' });
    const unstorable = { 'upload-metadata': `filename ${btoa('a\0.csv')}` };
    expect(await request('POST', PATH, { ...CREATION, ...unstorable })).toMatchObject({
      status: 400,
      code: 'unstorable_text',
    });
    expect(await request('POST', PATH, { ...CREATION, 'upload-length': '4294967297' })).toMatchObject({
      status: 413,
      code: 'file_too_large',
    });
    expect(await request('POST', PATH, {})).toMatchObject({ status: 400, code: 'malformed_resumable_upload' });
    expect(await request('POST', PATH, CREATION, OTHER_WORKSPACE)).toMatchObject({ code: 'campaign_not_found' });
    const { headers } = await request('POST', PATH, CREATION);
    const path = headers.get('location') ?? '';
    expect(headers.get('upload-expires')).not.toBeNull();
    const later = { ...PART, 'upload-offset': '5' };
    expect(await request('PATCH', path, later, WORKSPACE, 'email')).toMatchObject({ code: 'upload_offset_differs' });
    const tooMuch = await request('PATCH', path, PART, WORKSPACE, 'email\na@example.com\n');
    expect(tooMuch).toMatchObject({ status: 413, code: 'file_too_large' });
    expect((await request('DELETE', path)).status).toBe(204);
    expect((await request('HEAD', path)).status).toBe(404);
  });
});
