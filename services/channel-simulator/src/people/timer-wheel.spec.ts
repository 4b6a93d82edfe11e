import { describe, expect, it } from '@jest/globals';
import { TimerWheel } from './timer-wheel.js';

const always = () => true;

function due(wheel: TimerWheel<string>, nowMs: number, hasRoom = always): string[] {
  const items: string[] = [];
  wheel.advance(nowMs, hasRoom, (item) => items.push(item));
  return items;
}

describe('TimerWheel', () => {
  it('hands out what is due, never before its time, and once', () => {
    const wheel = new TimerWheel<string>(1_000);
    wheel.schedule(1_055, 'later');
    wheel.schedule(1_011, 'soon');
    expect(due(wheel, 1_010)).toEqual([]);
    expect(due(wheel, 1_020)).toEqual(['soon']);
    expect(due(wheel, 1_054)).toEqual([]);
    expect(due(wheel, 9_000)).toEqual(['later']);
    expect(due(wheel, 99_000)).toEqual([]);
    expect(wheel.size).toBe(0);
  });

  it('takes what is due already, also after a long silence', () => {
    const wheel = new TimerWheel<string>(1_000);
    expect(due(wheel, 5_000_000)).toEqual([]);
    wheel.schedule(10, 'overdue');
    expect(due(wheel, 5_000_000)).toEqual(['overdue']);
  });

  it('keeps what finds no room, and loses nothing', () => {
    const wheel = new TimerWheel<string>(0);
    for (const item of ['a', 'b', 'c']) wheel.schedule(20, item);
    wheel.schedule(50, 'd');
    let room = 2;
    expect(due(wheel, 100, () => room-- > 0)).toHaveLength(2);
    expect(wheel.size).toBe(2);
    expect(due(wheel, 100).sort()).toHaveLength(2);
    expect(wheel.size).toBe(0);
  });

  it('lets a visit schedule: also what is due at once', () => {
    const wheel = new TimerWheel<string>(0);
    wheel.schedule(10, 'first');
    const seen: string[] = [];
    wheel.advance(100, always, (item) => {
      seen.push(item);
      if (item === 'first') wheel.schedule(5, 'second');
    });
    expect([...seen, ...due(wheel, 110)]).toEqual(['first', 'second']);
  });
});
