import { describe, expect, it } from '@jest/globals';
import { benchArguments } from './bench-arguments.js';
import { median, missesTarget, result, resultWithin } from './bench.js';
import { table } from './report.js';

describe('a bench', () => {
  it('compares the medians of its rounds', () => {
    expect(median([5, 1, 100])).toBe(5);
    expect(median([4, 1, 2, 100])).toBe(3);
    expect(() => median([])).toThrow(RangeError);
    const measured = result('append', 'events/s', [30, 10, 20], [400, 100, 200], 0.1);
    expect(measured).toEqual({ name: 'append', value: 20, unit: 'events/s', baseline: 200, ratio: 0.1, target: 0.1 });
  });

  it('misses a target below it, and none where there is none', () => {
    const measured = result('append', 'events/s', [19], [200], 0.1);
    expect([measured, { ...measured, target: null }, { ...measured, ratio: 0.1 }].map(missesTarget)).toEqual([
      true,
      false,
      false,
    ]);
    expect(table([measured])).toContain('MISSED');
  });

  it('holds what is to be small to a bound', () => {
    const inTime = resultWithin('lag', 's', 0.5, 2);
    expect(inTime).toEqual({ name: 'lag', value: 0.5, unit: 's', baseline: 2, ratio: 4, target: 1 });
    expect([inTime, resultWithin('lag', 's', 2.5, 2)].map(missesTarget)).toEqual([false, true]);
  });

  it('understands its command line, and refuses what it does not understand', () => {
    expect(benchArguments(['event-store', '--rows', '500', '--check'])).toEqual({
      name: 'event-store',
      rows: 500,
      json: false,
      check: true,
      help: false,
    });
    for (const argv of [['--rows', '0'], ['--rows', 'many'], ['one', 'two'], ['--fast']]) {
      expect(() => benchArguments(['event-store', ...argv])).toThrow();
    }
  });
});
