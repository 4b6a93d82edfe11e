import { describe, expect, it } from '@jest/globals';
import { ChannelCapacity, type Candidate } from './channel-capacity.js';
import { InProcessRateLimits } from './in-process-rate-limits.js';

function candidates(count: number, channelId = 'one', sender = channelId): readonly Candidate[] {
  return Array.from({ length: count }, (_, index) => ({
    channelId,
    sender,
    channelType: 'whatsapp',
    addressKey: `${index}`,
  }));
}

function capacity(points: number, pairMs?: number) {
  const clock = { now: 0 };
  const limits = {
    throughput: { points, spanMs: 600_000 },
    pair: pairMs === undefined ? undefined : { points: 1, spanMs: pairMs },
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

  it('counts senders apart, and channels with one sender together', async () => {
    const { capacity: one } = capacity(2);
    const { admitted } = await one.admit([
      ...candidates(2, 'one', 'number'),
      ...candidates(2, 'two', 'number'),
      ...candidates(2, 'three'),
    ]);
    expect(admitted.map(({ channelId }) => channelId).sort()).toEqual(['one', 'one', 'three', 'three']);
    expect([...one.busyChannels()].sort()).toEqual(['one', 'two']);
  });

  it('lets one person wait without holding up the others', async () => {
    const { capacity: one } = capacity(100, 600_000);
    await one.admit(candidates(1));
    const { admitted, waiting } = await one.admit(candidates(2));
    expect(admitted.map(({ addressKey }) => addressKey)).toEqual(['1']);
    expect(waiting[0]?.waitMs).toBeGreaterThan(0);
    expect(one.busyChannels()).toEqual([]);
  });
});
