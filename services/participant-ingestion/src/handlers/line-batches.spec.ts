import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BATCH_ITEMS_MAX } from './item-batch.js';
import { LINE_BYTES_MAX, LineBatches } from './line-batches.js';

async function* piecesOf(text: string, cuts: readonly number[] = []): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other), bytes.length];
  for (const [index, from] of places.entries()) yield bytes.subarray(from, places[index + 1] ?? bytes.length);
}

async function allOf(batches: LineBatches): Promise<readonly (readonly [number, string])[]> {
  const all: (readonly [number, string])[] = [];
  for (let batch = await batches.next(); batch !== undefined; batch = await batches.next()) {
    const { numbers } = batch;
    all.push(...batch.lines.map((line, index) => [numbers[index] ?? 0, line.toString()] as const));
  }
  return all;
}

describe('lines in batches', () => {
  it('are the same however the body is cut on its way', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', '{', '"', 'é', '😀', ' '), maxLength: 6 });
    const cuts = fc.array(fc.nat(), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        cuts,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (lines, at, end, whole) => {
          const expected = lines.flatMap((text, index) => (text === '' ? [] : [[index + 1, text] as const]));
          expect(await allOf(new LineBatches(piecesOf(lines.join(end), at), whole))).toEqual(expected);
        },
      ),
    );
  });

  it('are taken as they come, or only when a batch is full', async () => {
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from('a\nb\n');
      await new Promise(() => undefined);
    }
    expect((await new LineBatches(endless(), false).next())?.lines.map(String)).toEqual(['a', 'b']);
    const count = BATCH_ITEMS_MAX * 2 + 1;
    const text = Array.from({ length: count }, (_, at) => `${at}\n`).join('');
    const whole = new LineBatches(piecesOf(text, [7, 4_000, 6_000]), true);
    const sizes = [];
    for (let batch = await whole.next(); batch !== undefined; batch = await whole.next())
      sizes.push(batch.lines.length);
    expect(sizes).toEqual([BATCH_ITEMS_MAX, BATCH_ITEMS_MAX, 1]);
  });

  it('are not read when nobody takes them', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        read += 1;
        yield Buffer.from('x\n'.repeat(100));
        await turn();
      }
    }
    const batches = new LineBatches(endless(), false);
    await batches.next();
    for (let idle = 0; idle < 1_000; idle++) await turn();
    expect(read * 100).toBeLessThanOrEqual(2 * BATCH_ITEMS_MAX);
  });

  it('end with what broke, after what came before it', async () => {
    const long = new LineBatches(piecesOf(`ok\n${'x'.repeat(LINE_BYTES_MAX + 1)}\nnever\n`), false);
    expect((await long.next())?.lines.map(String)).toEqual(['ok']);
    await expect(long.next()).rejects.toMatchObject({ code: 'line_too_long', details: { line: 2 } });
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('a\nb');
      throw new Error('gone');
    }
    const gone = new LineBatches(broken(), false);
    expect((await gone.next())?.lines.map(String)).toEqual(['a']);
    await expect(gone.next()).rejects.toThrow('gone');
  });
});
