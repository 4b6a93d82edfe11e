import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { InProcessRateLimits } from './in-process-rate-limits.js';

const SPAN_MS = 600_000;

describe('InProcessRateLimits', () => {
  afterEach(() => void jest.useRealTimers());

  it('grants what a rule allows under a key, to takers at the same time too, and what was given back again', async () => {
    const limits = new InProcessRateLimits();
    const rule = { points: 3, spanMs: SPAN_MS };
    const grants = await Promise.all([limits.take('one', rule, 2), limits.take('one', rule, 2)]);
    expect(grants.reduce((sum, { granted }) => sum + granted, 0)).toBeLessThanOrEqual(3);
    const rest = await limits.take('one', rule, 3);
    expect(grants.reduce((sum, { granted }) => sum + granted, rest.granted)).toBe(3);
    expect((await limits.take('one', rule, 1)).granted).toBe(0);
    expect((await limits.take('another', rule, 1)).granted).toBe(1);
    await limits.giveBack('one', rule, 2);
    expect((await limits.take('one', rule, 3)).granted).toBe(2);
  });

  it('knows as many rules as there are settings, each with a count of its own', async () => {
    const limits = new InProcessRateLimits();
    const rules = Array.from({ length: 1_000 }, (_, index) => ({ points: index + 1, spanMs: SPAN_MS + index }));
    for (const rule of rules) expect((await limits.take('one', rule, 2_000)).granted).toBe(rule.points);
    for (const rule of rules) expect((await limits.take('one', rule, 1)).granted).toBe(0);
  });

  it('lets a rule begin anew after its own span', async () => {
    jest.useFakeTimers();
    const limits = new InProcessRateLimits();
    const rule = { points: 1, spanMs: SPAN_MS };
    expect(await limits.take('one', rule, 1)).toEqual({ granted: 1, waitMs: 0 });
    expect(await limits.take('one', rule, 1)).toEqual({ granted: 0, waitMs: SPAN_MS });
    jest.advanceTimersByTime(SPAN_MS);
    expect((await limits.take('one', rule, 1)).granted).toBe(1);
  });
});
