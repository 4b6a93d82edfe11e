import { expect, test } from '@jest/globals';
import { Breaker } from './breaker.js';
import { growingPauseMs, PROCESSING_BOUNDS } from './processing-bounds.js';

const bounds = { ...PROCESSING_BOUNDS, deadKeysInRowMax: 2, tripPauseMs: 100, tripPauseMaxMs: 300 };

test('after as many dead keys in a row as allowed, one may die for each pause, until something goes well', () => {
  const breaker = new Breaker(bounds);
  const bury = () => {
    expect(breaker.mayBury).toBe(true);
    breaker.buried();
  };
  bury();
  bury();
  expect(breaker.mayBury).toBe(false);
  breaker.open('cause');
  bury();
  expect(breaker.mayBury).toBe(false);
  expect(breaker.succeeded()).toBe(true);
  bury();
  bury();
  expect(breaker.succeeded()).toBe(false);
});

test('an open breaker allows one try at what is away, and its pauses grow within their bounds', () => {
  const breaker = new Breaker(bounds);
  expect(breaker.transientAttemptsMax).toBe(bounds.transientAttemptsMax);
  const pauses = Array.from({ length: 20 }, () => breaker.open('cause').pauseMs);
  expect(breaker.transientAttemptsMax).toBe(1);
  expect(pauses[0]).toBeLessThanOrEqual(100);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(50);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(300);
  expect(Math.min(...pauses.slice(3))).toBeGreaterThanOrEqual(150);
});

test('pauses double, and never pass the longest', () => {
  for (const [attempt, most] of [10, 20, 40, 80, 100, 100].entries()) {
    const pauseMs = growingPauseMs(attempt + 1, 10, 100);
    expect(pauseMs).toBeGreaterThanOrEqual(most / 2);
    expect(pauseMs).toBeLessThanOrEqual(most);
  }
  expect(growingPauseMs(10_000, 10, 100)).toBeLessThanOrEqual(100);
});
