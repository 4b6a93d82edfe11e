import { expect, it } from '@jest/globals';
import { NO_STREAM, readStream } from '../event-store.js';
import { appendTo, firstWrite, newCategory, newStream, sampleEvent, sampleEvents } from './sample-events.js';
import type { StoreUnderTest } from './started-store.js';

export function readingSpecs(underTest: StoreUnderTest): void {
  it('reads tails stream by stream in the order asked, each by revision', async () => {
    const { store } = underTest();
    const [one, two, three] = [newStream(), newStream('flow-runs'), newStream()];
    await store.append(
      [one, two, three].map((stream) => ({ stream, expectedRevision: NO_STREAM, events: sampleEvents(3) })),
    );
    const events = await store.readTails([
      { stream: three, afterRevision: 1 },
      { stream: one, afterRevision: NO_STREAM },
      { stream: newStream(), afterRevision: NO_STREAM },
      { stream: two, afterRevision: 0 },
    ]);
    expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
      [three, 2],
      [one, 0],
      [one, 1],
      [one, 2],
      [two, 1],
      [two, 2],
    ]);
  });

  it('reads at most as many of each tail as asked', async () => {
    const { store } = underTest();
    const [one, two] = [newStream(), newStream()];
    await store.append([one, two].map((stream) => ({ stream, expectedRevision: NO_STREAM, events: sampleEvents(5) })));
    const tails = [
      { stream: one, afterRevision: 0 },
      { stream: two, afterRevision: 3 },
    ];
    const events = await store.readTails(tails, 2);
    expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
      [one, 1],
      [one, 2],
      [two, 4],
    ]);
  });

  it('reads nothing after the end, and nothing of what is not there', async () => {
    const { store } = underTest();
    const stream = newStream();
    await appendTo(store, stream, sampleEvents(1));
    expect(await store.readTails([{ stream, afterRevision: 0 }])).toEqual([]);
    expect(await store.readTails([{ stream, afterRevision: 9 }])).toEqual([]);
    expect(await store.readTails([])).toEqual([]);
    expect(await readStream(store, newStream('never-written'))).toEqual([]);
  });

  it('reads the last event of many streams in the order asked', async () => {
    const { store } = underTest();
    const [one, absent, two] = [newStream(), newStream(), newStream('flow-runs')];
    await appendTo(store, one, sampleEvents(3));
    await appendTo(store, two, sampleEvents(1));
    const last = await store.readLast([two, absent, one, newStream('never-written')]);
    expect(last.map((event) => event && [event.stream, event.revision])).toEqual([
      [two, 0],
      undefined,
      [one, 2],
      undefined,
    ]);
    expect(await store.readLast([])).toEqual([]);
  });

  it('sees at once what another entrance appended, in a category that is new to it', async () => {
    const { store, other } = underTest();
    const stream = newStream(newCategory());
    expect(await store.readLast([stream])).toEqual([undefined]);
    const event = sampleEvent(7);
    await other.append([firstWrite(stream, event)]);
    expect((await store.readLast([stream])).map((last) => last?.id)).toEqual([event.id]);
    expect((await readStream(store, stream)).map(({ id }) => id)).toEqual([event.id]);
  });
}
