import { describe, expect, it } from '@jest/globals';
import { SendLimiter } from './send-limits.js';

describe('SendLimiter', () => {
  it('admits a second of messages at once and then the rate, for each number by itself', () => {
    const limiter = new SendLimiter({ messagesPerSecondMax: 80, pairRate: null });
    const admitted = (number: string, nowMs: number, tries: number) =>
      Array.from({ length: tries }, (_, person) => limiter.admit(number, String(person), nowMs)).filter(
        (code) => code === undefined,
      ).length;
    expect(admitted('a', 1_000_000, 200)).toBe(80);
    expect(admitted('a', 1_000_500, 200)).toBe(40);
    expect(admitted('b', 1_000_500, 200)).toBe(80);
    expect(limiter.admit('a', '1', 1_000_500)).toBe(130429);
  });

  it('admits a burst to one person and then one in the interval; a refusal costs nothing', () => {
    const limiter = new SendLimiter({ messagesPerSecondMax: null, pairRate: { burst: 3, intervalMs: 6_000 } });
    const at = (nowMs: number) => limiter.admit('a', '49170', nowMs);
    expect([at(0), at(0), at(0), at(0), at(5_999), at(6_000), at(6_001)]).toEqual([
      undefined,
      undefined,
      undefined,
      131056,
      131056,
      undefined,
      131056,
    ]);
    expect(limiter.admit('b', '49170', 0)).toBeUndefined();
    expect(limiter.admit('a', '49171', 0)).toBeUndefined();
  });
});
