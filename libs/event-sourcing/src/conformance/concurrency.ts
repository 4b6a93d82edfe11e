import { expect, it } from '@jest/globals';
import { NO_STREAM, readStream } from '../event-store.js';
import { readToHead } from './log.js';
import { appendTo, newStream, positionOf, sampleEvent, sampleEvents } from './sample-events.js';
import type { StoreUnderTest } from './started-store.js';

export function concurrencySpecs(underTest: StoreUnderTest): void {
  it('lets exactly one of many win a new stream', async () => {
    const { store, other } = underTest();
    const stream = newStream();
    const events = sampleEvents(20);
    const outcomes = await Promise.all(
      events.map((event, index) => appendTo(index % 2 === 0 ? store : other, stream, [event])),
    );
    const winners = events.filter((_, index) => outcomes[index]?.outcome === 'appended');
    expect(winners).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(19);
    expect((await readStream(store, stream)).map(({ id }) => id)).toEqual(winners.map(({ id }) => id));
  });

  it('writes what was sent twice at once only once', async () => {
    const { store, other } = underTest();
    const stream = newStream();
    const events = sampleEvents(3);
    const outcomes = await Promise.all(
      [store, other, store, other].map((entrance) => appendTo(entrance, stream, events)),
    );
    expect(outcomes.map(({ outcome }) => outcome).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'appended',
      'replayed',
      'replayed',
      'replayed',
    ]);
    expect(new Set(outcomes.map((outcome) => positionOf(outcome)?.number)).size).toBe(1);
    expect(await readStream(store, stream)).toHaveLength(3);
  });

  it('keeps the order of appends that one process sends to a stream without waiting', async () => {
    const { store } = underTest();
    const stream = newStream();
    const events = sampleEvents(30);
    const outcomes = await Promise.all(events.map((event, index) => appendTo(store, stream, [event], index - 1)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(events.map(() => 'appended'));
    expect((await readStream(store, stream)).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('gives every one of many appends at once its own place', async () => {
    const { store, other } = underTest();
    const before = await store.head();
    const writes = Array.from({ length: 200 }, (_, number) => ({
      stream: newStream(),
      expectedRevision: NO_STREAM,
      events: [sampleEvent(number), sampleEvent(number)],
    }));
    const outcomes = await Promise.all(writes.map((write, index) => (index % 3 === 0 ? other : store).append([write])));
    const log = await readToHead(store, before, 100);
    expect(log).toHaveLength(400);
    for (const [index, write] of writes.entries()) {
      const stored = log.filter(({ stream }) => stream === write.stream);
      expect(stored.map(({ id }) => id)).toEqual(write.events.map(({ id }) => id));
      expect(outcomes[index]).toEqual([{ outcome: 'appended', revision: 1, position: stored[1]?.position }]);
    }
  });
}
