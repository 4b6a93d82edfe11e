import { describe, expect, it } from '@jest/globals';
import { PaceOfReaders } from './pace.js';

const store = { head: async () => ({ shard: 0, number: 100 }) };
const bounds = { aheadEventsMax: 10, standstillMsMax: 60_000, waitMsMax: 60_000 };

/** The slowest reader stands at one place after the other; answers how often it was asked where. */
async function looksUntilNear(places: readonly (number | undefined)[], changed = {}): Promise<number> {
  let looks = 0;
  const slowest = () => places[Math.min(looks++, places.length - 1)];
  await new PaceOfReaders(store, { slowest }, { ...bounds, ...changed }).keep();
  return looks;
}

describe('the pace of the readers of a process', () => {
  it('holds nobody up where nobody reads, or the slowest is near', async () => {
    expect(await looksUntilNear([undefined])).toBe(1);
    expect(await looksUntilNear([90])).toBe(2);
  });

  it('waits until the slowest is near, or has gone', async () => {
    expect(await looksUntilNear([1, 20, 50, 89, 90])).toBe(5);
    expect(await looksUntilNear([1, 20, undefined])).toBe(3);
  });

  it('waits for nobody who stands still, and never longer than its bound', async () => {
    expect(await looksUntilNear([1], { standstillMsMax: 10 })).toBeGreaterThan(2);
    expect(
      await looksUntilNear(
        Array.from({ length: 90 }, (_, at) => at),
        { waitMsMax: 0 },
      ),
    ).toBe(2);
  });
});
