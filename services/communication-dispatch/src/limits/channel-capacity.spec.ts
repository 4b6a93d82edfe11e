import { describe, expect, it } from '@jest/globals';
import { ChannelCapacity, PAUSE_MAX_MS, type Candidate } from './channel-capacity.js';
import { limitsOf } from './channel-limits.js';
import { InProcessRateLimits } from './in-process-rate-limits.js';
import type { PeopleRule } from './people-limit.js';

function candidates(
  count: number,
  channelId = 'one',
  sender = channelId,
  workspace = 'workspace',
): readonly Candidate[] {
  return Array.from({ length: count }, (_, index) => ({
    workspace,
    channelId,
    sender,
    channelType: 'whatsapp',
    addressKey: `${index}`,
  }));
}

function capacity(points: number, pairMs?: number, people?: PeopleRule) {
  const clock = { now: 0 };
  const limits = {
    throughput: { points, spanMs: 600_000 },
    pair: pairMs === undefined ? undefined : { points: 1, spanMs: pairMs },
    people,
  };
  return {
    clock,
    capacity: new ChannelCapacity(
      new InProcessRateLimits(),
      () => limits,
      () => clock.now,
    ),
  };
}

describe('ChannelCapacity', () => {
  it('admits as many as the limit allows and leaves the channel alone until it allows more', async () => {
    const { capacity: one, clock } = capacity(3);
    const { admitted, waiting } = await one.admit(candidates(5));
    expect([admitted.length, waiting.length]).toEqual([3, 2]);
    expect(one.busyChannels()).toEqual(['one']);
    expect(one.heldBackOf('one').count).toBe(2);
    expect((await one.admit(candidates(5))).admitted).toEqual([]);
    clock.now = 600_001;
    expect(one.busyChannels()).toEqual([]);
  });

  it('tries one at a time where calls are lost, and goes on once one is not', async () => {
    const { capacity: one, clock } = capacity(100);
    const callMs = 10_000;
    one.heed('one', 1_000, true);
    expect([one.waitOf('one', callMs), one.busyChannels()]).toEqual([1_000, ['one']]);
    clock.now = 1_000;
    expect((await one.admit(candidates(5))).admitted).toHaveLength(1);
    expect([one.waitOf('one', callMs), one.waitOf('one', callMs)]).toEqual([0, callMs]);
    one.heed('one', 2_000, true);
    expect(one.waitOf('one', callMs)).toBe(2_000);
    clock.now = 3_000;
    expect(one.waitOf('one', callMs)).toBe(0);
    one.heed('one', 0, false);
    expect([one.waitOf('one', callMs), one.waitOf('one', callMs)]).toEqual([0, 0]);
    expect((await one.admit(candidates(5))).admitted).toHaveLength(5);
  });

  it('lets what is admitted out, though the limit is reached; a pause of the provider stops it', async () => {
    const { capacity: one, clock } = capacity(1);
    await one.admit(candidates(2));
    expect(one.pauseOf('one')).toBe(0);
    one.pause('one', 1_000);
    one.pause('one', 10);
    expect(one.pauseOf('one')).toBe(1_000);
    clock.now = 1_000;
    expect(one.pauseOf('one')).toBe(0);
  });

  it('leaves a channel alone for a bounded time, whatever its provider asks for', () => {
    const { capacity: one } = capacity(1);
    one.pause('one', 48 * 3_600_000);
    expect(one.pauseOf('one')).toBe(PAUSE_MAX_MS);
  });

  it('counts senders apart, and channels with one sender together', async () => {
    const { capacity: one } = capacity(2);
    const { admitted } = await one.admit([
      ...candidates(2, 'one', 'number'),
      ...candidates(2, 'two', 'number'),
      ...candidates(2, 'three'),
    ]);
    expect(admitted.map(({ channelId }) => channelId).sort()).toEqual(['one', 'one', 'three', 'three']);
    expect((await one.admit(candidates(1, 'one', 'number'))).admitted).toEqual([]);
    expect([...one.busyChannels()].sort()).toEqual(['one', 'two']);
  });

  it('takes nothing from a workspace when another names its sender or its portfolio', async () => {
    const { capacity: one } = capacity(2, 600_000, { points: 2, spanMs: 600_000, portfolio: 'business' });
    expect((await one.admit(candidates(3, 'one', 'number', 'other workspace'))).admitted).toHaveLength(2);
    expect((await one.admit(candidates(2, 'one', 'number'))).admitted).toHaveLength(2);
  });

  it('limits each channel as it is set itself, also with one sender', async () => {
    const clock = { now: 0 };
    const limitsOfChannel = (_type: string, { points = '5' }: Readonly<Record<string, string>> = {}) => ({
      throughput: { points: Number(points), spanMs: 600_000 },
      pair: undefined,
      people: undefined,
    });
    const one = new ChannelCapacity(new InProcessRateLimits(), limitsOfChannel, () => clock.now);
    const slow = candidates(5, 'slow', 'number').map((each) => ({ ...each, settings: { points: '1' } }));
    const { admitted } = await one.admit([...slow, ...candidates(5, 'fast', 'number')]);
    expect(admitted.map(({ channelId }) => channelId)).toEqual(['slow', 'fast', 'fast', 'fast', 'fast', 'fast']);
    expect(one.busyChannels()).toEqual(['slow']);
  });

  it('lets one person wait without holding up the others', async () => {
    const { capacity: one } = capacity(100, 600_000);
    await one.admit(candidates(1));
    const { admitted, waiting } = await one.admit(candidates(2));
    expect(admitted.map(({ addressKey }) => addressKey)).toEqual(['1']);
    expect(waiting[0]?.waitMs).toBeGreaterThan(0);
    expect(one.busyChannels()).toEqual([]);
  });

  it('counts different people, of all senders of a portfolio together; whoever was sent to before may be again', async () => {
    const { capacity: one } = capacity(100, undefined, { points: 3, spanMs: 600_000, portfolio: 'business' });
    const two = candidates(4, 'two');
    expect((await one.admit(candidates(2, 'one'))).admitted).toHaveLength(2);
    const { admitted, waiting } = await one.admit(two);
    expect(admitted.map(({ addressKey }) => addressKey)).toEqual(['0', '1', '2']);
    expect(waiting.map(({ candidate }) => candidate.addressKey)).toEqual(['3']);
    expect(waiting[0]?.waitMs).toBeGreaterThan(0);
    // Nobody is held back who need not be, and who waits is not taken for somebody who was sent to.
    expect(one.busyChannels()).toEqual([]);
    expect(one.heldBackOf('two').count).toBe(1);
    expect(one.heldBackOf('two').pauseMs).toBeGreaterThan(0);
    expect((await one.admit(two)).admitted.map(({ addressKey }) => addressKey)).toEqual(['0', '1', '2']);
  });

  it('counts the people of senders without a portfolio apart', async () => {
    const { capacity: one } = capacity(100, undefined, { points: 1, spanMs: 600_000 });
    const { admitted } = await one.admit([...candidates(2, 'one'), ...candidates(2, 'two')]);
    expect(admitted.map(({ channelId, addressKey }) => [channelId, addressKey])).toEqual([
      ['one', '0'],
      ['two', '0'],
    ]);
  });
});

describe('limitsOf', () => {
  const limits = limitsOf({
    whatsappMessagesPerSecond: 80,
    whatsappPairIntervalMs: 6_000,
    telegramMessagesPerSecond: 30,
    telegramPairIntervalMs: 1_000,
    emailMessagesPerSecond: 10,
    voiceCallsPerSecond: 1,
  });

  it('are those of the type, unless the channel has its own', () => {
    expect(limits('whatsapp')).toEqual({
      throughput: { points: 80, spanMs: 1_000 },
      pair: { points: 1, spanMs: 6_000 },
      people: undefined,
    });
    const settings = { messagesPerSecond: '5', pairIntervalMs: '0', peoplePerDay: '250', portfolioId: 'business' };
    expect(limits('whatsapp', settings)).toEqual({
      throughput: { points: 5, spanMs: 1_000 },
      pair: undefined,
      people: { points: 250, spanMs: 86_400_000, portfolio: 'business' },
    });
    expect(limits('webhook')).toBeUndefined();
  });
});
