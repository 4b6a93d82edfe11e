import { expect, it } from '@jest/globals';
import type { NewEvent } from '../event.js';
import { EVENT_DEPTH_MAX } from '../event-check.js';
import {
  APPEND_EVENTS_MAX,
  EVENT_BYTES_MAX,
  READ_EVENTS_MAX,
  READ_LOG_CHARACTERS_MAX,
  READ_STREAMS_MAX,
  readStream,
  type StreamWrite,
} from '../event-store.js';
import { START } from '../position.js';
import {
  appendTo,
  firstWrite,
  newStream,
  only,
  payloadOf,
  positionOf,
  sampleEvent,
  sampleEvents,
} from './sample-events.js';
import type { StoreUnderTest } from './started-store.js';

const TEXT_FRAME = JSON.stringify(payloadOf(0)).length;

function nested(depth: number): object {
  let value: object = {};
  for (let level = 1; level < depth; level += 1) value = { value, ' "[{': '"[[[{{{\\' };
  return value;
}

/** Events that no log takes, by what is wrong with them. */
const REFUSED: Readonly<Record<string, Partial<NewEvent>>> = {
  'one byte more than allowed': { data: payloadOf(EVENT_BYTES_MAX - TEXT_FRAME + 1) },
  'more bytes than allowed, in few characters': { data: payloadOf((EVENT_BYTES_MAX - TEXT_FRAME) / 3 + 1, '日') },
  'more than allowed together with its personal part': {
    data: payloadOf(EVENT_BYTES_MAX / 2),
    personal: payloadOf(EVENT_BYTES_MAX / 2),
  },
  'nested too deep': { data: nested(EVENT_DEPTH_MAX + 1) },
  'an id that is no UUID': { id: 'one' },
  'an id in capitals': { id: 'B6A1C6D2-5D0F-4D0E-9C55-0F6F5A0F7C11' },
  'a key that is no UUID': { key: '' },
  'a workspace that is no UUID': { workspace: 'main' },
  'a time without milliseconds': { time: '2025-03-09T07:05:00Z' },
  'a time that does not exist': { time: '2025-02-30T07:05:00.000Z' },
  'a time elsewhere': { time: '2025-03-09T07:05:00.000+01:00' },
  'NUL in its type': { type: 'A\u0000B' },
  'no type': { type: '' },
  'half a character in its actor': { actor: 'user:\ud83d' },
  'a broken hop': { hop: 1.5 },
  'a negative hop': { hop: -1 },
  'a list for a payload': { data: [1] },
};

export function boundSpecs(underTest: StoreUnderTest): void {
  it.each(Object.entries(REFUSED))('refuses an event with %s, and all that came with it', async (_, changes) => {
    const { store } = underTest();
    const [good, bad] = [newStream(), newStream()];
    await expect(store.append([firstWrite(good), firstWrite(bad, sampleEvent(0, changes))])).rejects.toThrow(
      RangeError,
    );
    expect(await store.readLast([good, bad])).toEqual([undefined, undefined]);
  });

  it('takes an event of just the allowed size and depth', async () => {
    const { store } = underTest();
    const stream = newStream();
    const data = payloadOf(EVENT_BYTES_MAX - TEXT_FRAME);
    const deep = nested(EVENT_DEPTH_MAX);
    await appendTo(store, stream, [sampleEvent(0, { data }), sampleEvent(1, { data: deep })]);
    expect((await readStream(store, stream)).map((event) => event.data)).toEqual([data, deep]);
  });

  it.each<[string, (stream: string) => readonly StreamWrite[]]>([
    ['the same stream twice', (stream) => [firstWrite(stream), firstWrite(stream)]],
    ['no events for a stream', (stream) => [{ stream, expectedRevision: -1, events: [] }]],
    ['a revision before the beginning', (stream) => [{ stream, expectedRevision: -2, events: sampleEvents(1) }]],
    ['a revision that is no number', (stream) => [{ stream, expectedRevision: Number.NaN, events: sampleEvents(1) }]],
    [
      'more events than one call may hold',
      (stream) => [{ stream, expectedRevision: -1, events: sampleEvents(APPEND_EVENTS_MAX + 1) }],
    ],
  ])('refuses an append with %s', async (_, writes) => {
    const { store } = underTest();
    const stream = newStream();
    await expect(store.append(writes(stream))).rejects.toThrow(RangeError);
    expect(await store.readLast([stream])).toEqual([undefined]);
  });

  it.each([
    'participant',
    'participant-1',
    `Participant-${newStream().slice(-36)}`,
    `participant_${newStream().slice(-36)}`,
    `${newStream()}\u0000`,
  ])('refuses the stream name %j', async (stream) => {
    const { store } = underTest();
    await expect(store.append([firstWrite(stream)])).rejects.toThrow(RangeError);
    await expect(store.readTails([{ stream, afterRevision: -1 }])).rejects.toThrow(RangeError);
    await expect(store.readLast([stream])).rejects.toThrow(RangeError);
    await expect(store.redact([stream])).rejects.toThrow(RangeError);
  });

  it('takes and reads as many events in one call as allowed, in as many streams', async () => {
    const { store } = underTest();
    const streams = Array.from({ length: READ_STREAMS_MAX }, () => newStream());
    const outcomes = await store.append(streams.map((stream, number) => firstWrite(stream, sampleEvent(number))));
    expect(outcomes.filter(({ outcome }) => outcome === 'appended')).toHaveLength(APPEND_EVENTS_MAX);
    const lasts = await store.readLast(streams);
    expect(lasts.map((last) => last?.data)).toEqual(streams.map((_, number) => ({ number })));
  });

  it('reads a stream longer than one page', async () => {
    const { store } = underTest();
    const stream = newStream();
    await appendTo(store, stream, sampleEvents(READ_EVENTS_MAX));
    const last = sampleEvent(-1);
    await appendTo(store, stream, [last], READ_EVENTS_MAX - 1);
    const events = await readStream(store, stream);
    expect(events).toHaveLength(READ_EVENTS_MAX + 1);
    expect(events.at(-1)?.id).toBe(last.id);
  });

  it('ends a page of the log early where events are large, and leaves none out', async () => {
    const { store } = underTest();
    const before = await store.head();
    const size = EVENT_BYTES_MAX - 1_000;
    const count = Math.ceil(READ_LOG_CHARACTERS_MAX / size) + 1;
    const events = Array.from({ length: count }, () => sampleEvent(0, { data: payloadOf(size) }));
    const outcome = await appendTo(store, newStream(), events);
    const page = await store.readLog(before, READ_EVENTS_MAX);
    expect(page.map(({ id }) => id)).toEqual(events.slice(0, -1).map(({ id }) => id));
    const rest = await store.readLog(page.at(-1)?.position ?? before, READ_EVENTS_MAX);
    expect(rest.map(({ position }) => position)).toEqual([positionOf(outcome)]);
  });

  it('refuses reads beyond their bounds', async () => {
    const { store } = underTest();
    const stream = newStream();
    const streams = Array.from({ length: READ_STREAMS_MAX + 1 }, () => stream);
    await expect(store.readLast(streams)).rejects.toThrow(RangeError);
    await expect(store.readTails(streams.map((name) => ({ stream: name, afterRevision: -1 })))).rejects.toThrow(
      RangeError,
    );
    await expect(store.redact(streams)).rejects.toThrow(RangeError);
    for (const limit of [0, -1, 1.5, READ_EVENTS_MAX + 1]) {
      await expect(store.readTails([{ stream, afterRevision: -1 }], limit)).rejects.toThrow(RangeError);
      await expect(store.readLog(START, limit)).rejects.toThrow(RangeError);
    }
  });

  it('answers with an event that was stored once when it is asked for twice', async () => {
    const { store } = underTest();
    const stream = newStream();
    await appendTo(store, stream, sampleEvents(1));
    const [one, two] = await store.readLast([stream, stream]);
    expect(one).toBeDefined();
    expect(two).toEqual(one);
    expect(only(await store.readTails([{ stream, afterRevision: -1 }]))).toEqual(one);
  });
}
