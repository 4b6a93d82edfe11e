import { expect, it } from '@jest/globals';
import { NO_STREAM, readStream } from '../event-store.js';
import { appendTo, firstWrite, newStream, only, positionOf, sampleEvent, sampleEvents } from './sample-events.js';
import type { StoreUnderTest } from './started-store.js';

export function appendingSpecs(underTest: StoreUnderTest): void {
  it('starts a stream and goes on with it', async () => {
    const { store } = underTest();
    const stream = newStream();
    const first = await appendTo(store, stream, sampleEvents(2));
    const second = await appendTo(store, stream, sampleEvents(1), 1);
    expect([first, second]).toMatchObject([
      { outcome: 'appended', revision: 1 },
      { outcome: 'appended', revision: 2 },
    ]);
    const events = await readStream(store, stream);
    expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(second).toMatchObject({ position: events.at(-1)?.position });
    expect(first).toMatchObject({ position: events.at(1)?.position });
  });

  it('answers nothing for no writes', async () => {
    expect(await underTest().store.append([])).toEqual([]);
  });

  it('answers a repeated append as replayed, with the places of the first one', async () => {
    const { store } = underTest();
    const stream = newStream();
    const events = sampleEvents(3);
    const first = await appendTo(store, stream, events);
    const again = await appendTo(store, stream, events);
    expect(again).toEqual({ ...first, outcome: 'replayed' });
    expect(await readStream(store, stream)).toHaveLength(3);
  });

  it('knows a repeated append after the stream went on', async () => {
    const { store } = underTest();
    const stream = newStream();
    const events = sampleEvents(2);
    const first = await appendTo(store, stream, events);
    await appendTo(store, stream, sampleEvents(2), 1);
    expect(await appendTo(store, stream, events)).toEqual({ ...first, outcome: 'replayed' });
  });

  it('keeps the stored event when the repeated one differs', async () => {
    const { store } = underTest();
    const stream = newStream();
    const event = sampleEvent(1);
    await appendTo(store, stream, [event]);
    expect(await appendTo(store, stream, [{ ...event, data: { number: 2 } }])).toMatchObject({ outcome: 'replayed' });
    expect(only(await readStream(store, stream)).data).toEqual({ number: 1 });
  });

  it('answers a conflict with the last revision, and writes nothing', async () => {
    const { store } = underTest();
    const stream = newStream();
    await appendTo(store, stream, sampleEvents(3));
    expect(await appendTo(store, stream, sampleEvents(1))).toEqual({ outcome: 'conflict', revision: 2 });
    expect(await appendTo(store, stream, sampleEvents(1), 1)).toEqual({ outcome: 'conflict', revision: 2 });
    expect(await readStream(store, stream)).toHaveLength(3);
  });

  it('refuses a revision that does not exist yet', async () => {
    const { store } = underTest();
    const stream = newStream();
    expect(await appendTo(store, stream, sampleEvents(1), 0)).toEqual({ outcome: 'conflict', revision: NO_STREAM });
    await appendTo(store, stream, sampleEvents(1));
    expect(await appendTo(store, stream, sampleEvents(1), 7)).toEqual({ outcome: 'conflict', revision: 0 });
    expect(await readStream(store, stream)).toHaveLength(1);
  });

  it('answers a conflict when only a part of the events stands there', async () => {
    const { store } = underTest();
    const stream = newStream();
    const [one, two, three] = [sampleEvent(1), sampleEvent(2), sampleEvent(3)];
    await appendTo(store, stream, [one, two]);
    expect(await appendTo(store, stream, [one, two, three])).toEqual({ outcome: 'conflict', revision: 1 });
    expect(await appendTo(store, stream, [one, three])).toEqual({ outcome: 'conflict', revision: 1 });
    expect(await appendTo(store, stream, [three, two])).toEqual({ outcome: 'conflict', revision: 1 });
    expect(await appendTo(store, stream, [one])).toMatchObject({ outcome: 'replayed', revision: 0 });
    expect((await readStream(store, stream)).map(({ id }) => id)).toEqual([one.id, two.id]);
  });

  it('answers for each stream of one append by itself', async () => {
    const { store } = underTest();
    const [fresh, repeated, taken, continued, missing] = [
      newStream(),
      newStream(),
      newStream(),
      newStream(),
      newStream(),
    ];
    const event = sampleEvent();
    const before = await store.append([firstWrite(repeated, event), firstWrite(taken), firstWrite(continued)]);
    const outcomes = await store.append([
      { stream: fresh, expectedRevision: NO_STREAM, events: sampleEvents(2) },
      firstWrite(repeated, event),
      firstWrite(taken),
      { stream: continued, expectedRevision: 0, events: sampleEvents(2) },
      { stream: missing, expectedRevision: 3, events: sampleEvents(1) },
    ]);
    expect(outcomes).toMatchObject([
      { outcome: 'appended', revision: 1 },
      { ...before[0], outcome: 'replayed' },
      { outcome: 'conflict', revision: 0 },
      { outcome: 'appended', revision: 2 },
      { outcome: 'conflict', revision: NO_STREAM },
    ]);
    const lasts = await store.readLast([fresh, continued]);
    expect(lasts.map((last) => last?.position)).toEqual([positionOf(outcomes[0]), positionOf(outcomes[3])]);
  });

  it('tells streams of two categories with one id apart', async () => {
    const { store } = underTest();
    const participant = newStream('participant');
    const runs = participant.replace('participant', 'flow-runs');
    await store.append([firstWrite(participant, sampleEvent(1)), firstWrite(runs, sampleEvent(2))]);
    expect(only(await readStream(store, participant)).data).toEqual({ number: 1 });
    expect(only(await readStream(store, runs)).data).toEqual({ number: 2 });
  });

  it('keeps the events of two workspaces apart and unmixed', async () => {
    const { store } = underTest();
    const [one, two] = [newStream(), newStream()];
    const [first, second] = [sampleEvent(1), sampleEvent(2)];
    await store.append([firstWrite(one, first), firstWrite(two, second)]);
    expect(only(await readStream(store, one)).workspace).toBe(first.workspace);
    expect(only(await readStream(store, two)).workspace).toBe(second.workspace);
  });

  it('tells listeners of this process after an append, until they stop listening', async () => {
    const { store } = underTest();
    const appended = new Promise<void>((resolve) => {
      const stop = store.onAppended(() => {
        stop();
        resolve();
      });
    });
    let calls = 0;
    const stop = store.onAppended(() => (calls += 1));
    stop();
    await store.append([firstWrite(newStream())]);
    await appended;
    expect(calls).toBe(0);
  });
}
