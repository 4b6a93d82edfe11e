import { expect, it } from '@jest/globals';
import type { StoredEvent } from '../event.js';
import { NO_STREAM, readStream } from '../event-store.js';
import { appendTo, firstWrite, newStream, sampleEvent, sampleEvents } from './sample-events.js';
import type { StoreUnderTest } from './started-store.js';

const personal = { name: 'Anna', phone: '+420 777 123 456' };

export function redactionSpecs(underTest: StoreUnderTest): void {
  it('takes the personal part out of every event of a stream, and leaves everything else', async () => {
    const { store } = underTest();
    const before = await store.head();
    const [erased, kept] = [newStream(), newStream()];
    const events = [sampleEvent(1, { personal }), sampleEvent(2), sampleEvent(3, { personal: {} })];
    await store.append([
      { stream: erased, expectedRevision: NO_STREAM, events },
      firstWrite(kept, sampleEvent(4, { personal })),
    ]);
    const log = await store.readLog(before, 10);
    expect(await store.redact([erased])).toBe(2);
    const withoutPersonal = log.map((event) => {
      const { personal: taken, ...rest } = event;
      return event.stream === kept ? { ...rest, personal: taken } : rest;
    });
    const copies = (events: readonly StoredEvent[]) => events.map((event) => ({ ...event }));
    expect(copies(await store.readLog(before, 10))).toStrictEqual(withoutPersonal);
    expect(copies(await readStream(store, erased))).toStrictEqual(
      withoutPersonal.filter(({ stream }) => stream === erased),
    );
    expect((await store.readLast([kept]))[0]?.personal).toEqual(personal);
  });

  it('takes nothing the second time, and nothing of what is not there', async () => {
    const { store } = underTest();
    const stream = newStream();
    await appendTo(store, stream, [sampleEvent(1, { personal })]);
    expect(await store.redact([stream, newStream(), stream])).toBe(1);
    expect(await store.redact([stream])).toBe(0);
    expect(await store.redact([newStream('never-written')])).toBe(0);
    expect(await store.redact([])).toBe(0);
  });

  it('leaves a redacted stream open for more, and a repeated append replayed', async () => {
    const { store } = underTest();
    const stream = newStream();
    const event = sampleEvent(1, { personal });
    await appendTo(store, stream, [event]);
    await store.redact([stream]);
    expect(await appendTo(store, stream, [event])).toMatchObject({ outcome: 'replayed', revision: 0 });
    expect(await appendTo(store, stream, sampleEvents(1), 0)).toMatchObject({ outcome: 'appended', revision: 1 });
    expect((await readStream(store, stream))[0]).not.toHaveProperty('personal');
  });
}
