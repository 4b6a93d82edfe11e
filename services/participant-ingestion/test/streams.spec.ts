import type { ClientRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BootedIngestion, bootIngestion } from './booted-ingestion.js';
import { CAMPAIGN, OTHER_WORKSPACE, writeCampaign } from './fixtures.js';

const NDJSON = { 'content-type': 'application/x-ndjson' };
const PATH = `${CAMPAIGN}/participants/stream`;

let service: BootedIngestion;
beforeAll(async () => {
  service = await bootIngestion();
  await writeCampaign(service.store);
});
afterAll(() => service.stop());

const line = (name: string, more: object = {}) => JSON.stringify({ attributes: { external_id: name, ...more } });
const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => JSON.parse(one) as { line: number; outcome: string; participantId?: string });

describe('a stream of participants', () => {
  const send = (body: string | Buffer, headers: object = {}, other: object = {}) =>
    service.call('POST', PATH, { raw: body, headers: { ...NDJSON, ...headers }, ...other });

  it('answers each line in order; what is wrong with one is its own affair', async () => {
    const lines = [line('s1'), '', '{"attributes":', line('s2', { email: 'nobody' }), '{"__proto__":1}', line('s1')];
    const { status, headers, text } = await send(`${lines.join('\r\n')}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    expect(linesOf(text)).toMatchObject([
      { line: 1, outcome: 'created' },
      {
        line: 3,
        outcome: 'failed',
        problems: [{ code: 'malformed_json', reason: 'The line is not valid JSON in UTF-8.' }],
      },
      { line: 4, outcome: 'failed', problems: [{ field: 'email', code: 'invalid_email' }] },
      { line: 5, outcome: 'failed', problems: [{ code: 'forbidden_name' }] },
      { line: 6, outcome: 'unchanged' },
    ]);
  });

  it('takes no bytes that are no UTF-8 for text, and leaves out the mark before its first line', async () => {
    const latin = Buffer.from(line('latin', { name: 'Müller' }), 'latin1');
    const { text } = await send(Buffer.concat([Buffer.from(`\uFEFF${line('marked')}\n`), latin]));
    expect(linesOf(text)).toMatchObject([
      { line: 1, outcome: 'created' },
      { line: 2, outcome: 'failed', problems: [{ code: 'malformed_json' }] },
    ]);
  });

  it('takes more than a list may have, packed', async () => {
    const body = Array.from({ length: 12_000 }, (_, at) => `${line(`packed-${at}`)}\n`).join('');
    const answers = linesOf((await send(gzipSync(body), { 'content-encoding': 'gzip' })).text);
    expect(answers.map((answer) => answer.line)).toEqual(Array.from({ length: 12_000 }, (_, at) => at + 1));
    expect(answers.every(({ outcome }) => outcome === 'created')).toBe(true);
  });

  it('answers while it is still being sent', async () => {
    const { sender, answers } = await service.open('POST', PATH, NDJSON);
    const { value: one } = await tell(sender, answers, line('live-1'));
    const { value: other } = await tell(sender, answers, line('live-2'));
    expect([one, other]).toMatchObject([
      { line: 1, outcome: 'created' },
      { line: 2, outcome: 'created' },
    ]);
    sender.end();
    expect(await answers.next()).toMatchObject({ done: true });
  });

  it('that broke off is sent again: with its key nothing is written twice, and answers are the same', async () => {
    const headers = { ...NDJSON, 'idempotency-key': 'stream-1' };
    const lines = Array.from({ length: 2_500 }, (_, at) => line(`again-${at % 1_200}`, { amount: at }));
    const first = await service.open('POST', PATH, headers);
    first.sender.write(`${lines.slice(0, 1_100).join('\n')}\n`);
    const begun = await first.answers.next();
    first.sender.destroy();
    const position = async () => (await service.store.head()).number;
    const again = linesOf((await send(lines.join('\n'), headers)).text);
    const after = await position();
    expect(again).toHaveLength(2_500);
    expect(again[0]).toEqual(begun.value);
    expect(again.map(({ outcome }) => outcome)).toEqual(lines.map((_, at) => (at < 1_200 ? 'created' : 'updated')));
    expect(linesOf((await send(lines.join('\n'), headers)).text)).toEqual(again);
    expect(await position()).toBe(after);
    const list = await service.call('POST', `${CAMPAIGN}/participants`, {
      body: [],
      headers: { 'idempotency-key': 'stream-1' },
    });
    expect(list).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  it('ends with a problem document when it must stop; what was answered stays', async () => {
    const { text } = await send(`${line('stays')}\n${'x'.repeat(1_100_000)}\n${line('never')}\n`);
    expect(linesOf(text)).toMatchObject([
      { line: 1, outcome: 'created' },
      { status: 413, code: 'line_too_long' },
    ]);
    const broken = gzipSync(`${line('packed-stays')}\n`.repeat(3)).subarray(0, -9);
    expect(linesOf((await send(broken, { 'content-encoding': 'gzip' })).text).at(-1)).toMatchObject({
      code: 'malformed_gzip',
    });
  });

  it('is refused as a whole to others, and where it is no stream', async () => {
    expect((await send(line('x'), {}, { workspace: OTHER_WORKSPACE })).status).toBe(404);
    expect((await send(line('x'), {}, { role: 'viewer' })).status).toBe(403);
    expect((await service.call('POST', PATH, { body: [] })).status).toBe(415);
    const elsewhere = await service.call('POST', `${CAMPAIGN}/participants`, { raw: line('x'), headers: NDJSON });
    expect(elsewhere).toMatchObject({ status: 415, body: { code: 'unsupported_content_type' } });
  });

  it('a list may be packed too', async () => {
    const raw = gzipSync(`[${line('list')}]`);
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await service.call('POST', `${CAMPAIGN}/participants`, { raw, headers });
    expect(answer.body).toMatchObject({ items: [{ outcome: 'created' }] });
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '));
    expect(await service.call('POST', `${CAMPAIGN}/participants`, { raw: bomb, headers })).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
  });
});

async function tell(sender: ClientRequest, answers: AsyncGenerator<unknown>, text: string) {
  sender.write(`${text}\n`);
  return answers.next();
}

describe('the progress of an upload', () => {
  interface Told {
    readonly event: string;
    readonly data: { readonly status: string; readonly rows: number; readonly bytesImported: number };
  }

  it('is told as it moves, and ends with the final status', async () => {
    const csv = `email\n${Array.from({ length: 8_000 }, (_, at) => `watched-${at}@example.com`).join('\n')}\nnobody\n`;
    const { id } = (await service.upload(csv)).body as { id: string };
    const { headers, text } = await service.call('GET', `${CAMPAIGN}/uploads/${id}/progress`);
    expect(headers.get('content-type')).toContain('text/event-stream');
    const told = [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].map(
      ([, event, data]) => ({ event, data: JSON.parse(data ?? '') }) as Told,
    );
    const last = told.at(-1);
    expect(told.slice(0, -1).every(({ event, data }) => event === 'progress' && data.status === 'Processing')).toBe(
      true,
    );
    expect(last).toMatchObject({ event: 'ended', data: { status: 'Failed', rows: 8_001, failed: 1, progress: 1 } });
    for (const [index, { data }] of told.entries()) {
      const before = told[index - 1]?.data;
      expect(data.rows).toBeGreaterThanOrEqual(before?.rows ?? 0);
      expect(data.bytesImported).toBeGreaterThanOrEqual(before?.bytesImported ?? 0);
    }
    expect(last?.data).toEqual((await service.call('GET', `${CAMPAIGN}/uploads/${id}`)).body);
    const again = await service.call('GET', `${CAMPAIGN}/uploads/${id}/progress`);
    expect(again.text).toMatch(/^retry: \d+\n\nevent: ended\ndata: [^\n]*\n\n$/);
    const others = { workspace: OTHER_WORKSPACE };
    expect((await service.call('GET', `${CAMPAIGN}/uploads/${id}/progress`, others)).status).toBe(404);
  });
});

describe('the preview of an upload', () => {
  const preview = (csv: string, other: object = {}) => {
    const form = new FormData();
    form.append('file', new Blob([csv]), 'people.csv');
    return service.call('POST', `${CAMPAIGN}/upload-previews?dateFormat=DD.MM.YYYY`, { body: form, ...other });
  };

  it('says what would become of a file, and stores nothing', async () => {
    const before = (await service.store.head()).number;
    const csv = `email;Due date\nnobody;30.06.2026\n${'p@example.com;30.06.2026\n'.repeat(60_000)}`;
    const { status, body } = await preview(csv);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      encoding: 'utf-8',
      delimiter: ';',
      columns: [
        { column: 'email', use: 'field', field: 'email' },
        { use: 'ignored', suggestion: 'due_date' },
      ],
      missing: [],
      rows: expect.arrayContaining([
        {
          row: 2,
          cells: [
            { value: 'nobody', problems: [{ code: 'invalid_email', reason: expect.any(String) }] },
            { value: '30.06.2026', problems: [] },
          ],
          problems: [],
        },
      ]),
    });
    expect(await preview('email\n', { workspace: OTHER_WORKSPACE })).toMatchObject({ status: 404 });
    expect(await preview('email\n', { role: 'viewer' })).toMatchObject({ status: 403 });
    expect((await service.store.head()).number).toBe(before);
    expect(await service.everything()).not.toContain('p@example.com');
  });
});
