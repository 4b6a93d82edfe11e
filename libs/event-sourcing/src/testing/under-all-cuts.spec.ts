import { describe, expect, it } from '@jest/globals';
import { newStream, sampleEvent } from '../conformance/sample-events.js';
import { Cut, type Cuts } from '../cuts/cuts.js';
import { TransientError } from '../errors.js';
import { NO_STREAM } from '../event-store.js';
import { InMemoryEventStore } from '../in-memory/in-memory-event-store.js';
import { START } from '../position.js';
import { repeatUntilThrough, underAllCuts } from './under-all-cuts.js';

function writesOf(count: number) {
  return Array.from({ length: count }, () => ({
    stream: newStream(),
    expectedRevision: NO_STREAM,
    events: [sampleEvent()],
  }));
}

describe('cuts', () => {
  it('leave exactly the streams before them written, and the rest for the repetition', async () => {
    const writes = writesOf(3);
    const written: number[] = [];
    const tried = await underAllCuts(async (cuts) => {
      const store = new InMemoryEventStore(cuts);
      const thrown = await store.append(writes).then(
        () => undefined,
        (error: unknown) => error,
      );
      const before = (await store.head()).number;
      written.push(before);
      expect(thrown instanceof TransientError).toBe(cuts.happened);
      const repeated = await repeatUntilThrough(() => store.append(writes));
      expect(repeated.map(({ revision }) => revision)).toEqual([0, 0, 0]);
      expect(await store.readLog(START, 10)).toHaveLength(3);
    });
    expect(tried).toBe(8);
    expect(written).toEqual([3, 0, 1, 2, 3, 3, 3, 3, 3]);
  });

  it('show a handler that does not bear repeating', async () => {
    const careless = async (cuts: Cuts): Promise<void> => {
      const store = new InMemoryEventStore(cuts);
      await repeatUntilThrough(() => store.append(writesOf(2)));
      expect(await store.readLog(START, 10)).toHaveLength(2);
    };
    await expect(underAllCuts(careless)).rejects.toThrow(
      'With a cut at point 2 of 3 (after stream 1 of 2 of an append)',
    );
  });

  it('prove nothing where there is no point, or not the same one every time', async () => {
    await expect(underAllCuts(async () => undefined)).rejects.toThrow('passes no point');
    let runs = 0;
    const moody = async (cuts: Cuts): Promise<void> => {
      runs += 1;
      if (runs === 1) cuts.pass('only the first time');
    };
    await expect(underAllCuts(moody)).rejects.toThrow('not the same every time');
  });

  it('let an error of the action through, and end a cut that never ends', async () => {
    await expect(repeatUntilThrough(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow(TypeError);
    await expect(repeatUntilThrough(() => Promise.reject(new Cut('always')))).rejects.toThrow(Cut);
  });
});
