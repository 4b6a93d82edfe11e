import { expect, it } from '@jest/globals';
import { readStream } from '../event-store.js';
import { appendTo, newStream, only, positionOf, sampleEvent } from './sample-events.js';
import type { StoreUnderTest } from './started-store.js';

/** What a payload may hold, and must hold again after reading. */
const VALUES = {
  'texts of every script': { text: 'Žluťoučký kůň, Ελλάδα, 日本語, عربى, 👩‍👩‍👧‍👦, \u202e' },
  'NUL and other control characters': { text: 'a\u0000b\u0001\u001f\u007f\ufffe', 'na\u0000me': '\u0000' },
  'half surrogate pairs': { text: '\ud83d', other: '\udc00x' },
  'quotes, backslashes and line ends': { text: '"\\\\u0000 \\" \r\n\u2028\u2029 {}[],:', "'; --": "$1 $$ E'\\n'" },
  'large, small and long numbers': { numbers: [Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, -1.5e300, 0.1, 1e21] },
  'empty things': { text: '', list: [], object: {}, nothing: null, no: false, zero: 0 },
  'names that objects have': { constructor: 1, toString: 2, ['__proto__']: { polluted: true } },
  nesting: { list: [[[[{ a: [{ b: { c: [null] } }] }]]]] },
};

export function payloadSpecs(underTest: StoreUnderTest): void {
  it.each(Object.entries(VALUES))('keeps %s', async (_, payload) => {
    const { store } = underTest();
    const stream = newStream();
    const event = sampleEvent(0, { data: payload, personal: payload });
    await appendTo(store, stream, [event]);
    const stored = only(await readStream(store, stream));
    expect(JSON.stringify(stored.data)).toBe(JSON.stringify(payload));
    expect(JSON.stringify(stored.personal)).toBe(JSON.stringify(payload));
  });

  it('gives every part of the envelope back', async () => {
    const { store } = underTest();
    const stream = newStream('flow-runs');
    const event = sampleEvent(0, {
      type: 'FlowRunCompleted.v2',
      actor: 'service:flow-execution/ö',
      hop: 20,
      time: '1999-12-31T23:59:59.999Z',
      personal: { name: 'Anna' },
    });
    const outcome = await appendTo(store, stream, [event]);
    expect({ ...only(await readStream(store, stream)) }).toStrictEqual({
      ...event,
      stream,
      revision: 0,
      position: positionOf(outcome),
    });
  });

  it.each([
    '1970-01-01T00:00:00.000Z',
    '2024-02-29T12:00:00.100Z',
    '2000-01-01T00:00:00.001Z',
    '9999-12-31T23:59:59.999Z',
    '0001-01-01T00:00:00.000Z',
  ])('keeps the instant %s', async (time) => {
    const { store } = underTest();
    const stream = newStream();
    await appendTo(store, stream, [sampleEvent(0, { time })]);
    expect(only(await readStream(store, stream)).time).toBe(time);
  });

  it('tells no personal part from an empty one', async () => {
    const { store } = underTest();
    const stream = newStream();
    await appendTo(store, stream, [sampleEvent(0), sampleEvent(1, { personal: {} })]);
    const [without, empty] = await readStream(store, stream);
    expect(without).not.toHaveProperty('personal');
    expect(empty?.personal).toEqual({});
  });

  it('keeps nothing by reference', async () => {
    const { store } = underTest();
    const stream = newStream();
    const data = { list: [1] };
    await appendTo(store, stream, [sampleEvent(0, { data })]);
    data.list.push(2);
    const read = only(await readStream(store, stream));
    Object.assign(read.data, { list: [] });
    expect(only(await readStream(store, stream)).data).toEqual({ list: [1] });
  });
}
