import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { START } from '@poinciana/event-sourcing';
import { until } from '@poinciana/messaging/conformance';
import { TopicPartitionsError } from '../errors.js';
import { StaleRelayError, type RelayCheckpoint, type RelayCheckpoints } from '../relay/relay-checkpoints.js';

const PARTITIONS = 2;
const LONG_MS = 60_000;
const OVER_MS = 1;

function at(partition: number, number: number, previous = number): RelayCheckpoint {
  return { partition, position: { shard: 0, number }, previous };
}

/** What every keeper of a relay's places holds. */
export function relayCheckpointsConformance(name: string, open: () => Promise<RelayCheckpoints>): void {
  describe(`${name} as the checkpoints of a relay`, () => {
    let checkpoints: RelayCheckpoints;
    let topic: string;
    beforeEach(async () => {
      checkpoints = await open();
      topic = `topic.${randomUUID()}`;
    });
    const acquire = (leaseMs: number, owner: string = randomUUID()) =>
      checkpoints.acquire(topic, PARTITIONS, owner, leaseMs);
    const fenceOf = async (leaseMs: number, owner?: string) => {
      const lease = await acquire(leaseMs, owner);
      if (lease === undefined) throw new Error('Another relay has the lease');
      return lease.fence;
    };

    test('the first relay begins at the start of the log', async () => {
      expect(await checkpoints.progress(topic)).toEqual({ position: START, withheld: 0 });
      const lease = await acquire(LONG_MS);
      expect(lease).toEqual({ fence: 1, checkpoints: [at(0, 0), at(1, 0)] });
    });

    test('one relay at a time has the lease, and its owner may take it again', async () => {
      const owner = randomUUID();
      const first = await fenceOf(LONG_MS, owner);
      expect(await acquire(LONG_MS)).toBeUndefined();
      expect(await fenceOf(LONG_MS, owner)).toBe(first + 1);
      await checkpoints.release(topic, first);
      expect(await acquire(LONG_MS)).toBeUndefined();
      await checkpoints.release(topic, first + 1);
      expect(await fenceOf(LONG_MS)).toBe(first + 2);
    });

    test('a lease that ran out goes to the next relay, which goes on where the first was', async () => {
      const first = await fenceOf(OVER_MS);
      await checkpoints.commit(topic, first, [at(0, 7), at(1, 9, 5)]);
      await until('the lease is over', async () => {
        const next = await acquire(LONG_MS);
        if (next === undefined) return false;
        expect(next).toEqual({ fence: first + 1, checkpoints: [at(0, 7), at(1, 9, 5)] });
        return true;
      });
      expect(await checkpoints.progress(topic)).toEqual({ position: { shard: 0, number: 7 }, withheld: 0 });
    });

    test('a relay that lost the lease can neither renew it nor write its places', async () => {
      const first = await fenceOf(OVER_MS);
      await until('another has the lease', async () => (await acquire(LONG_MS)) !== undefined);
      await expect(checkpoints.renew(topic, first, LONG_MS)).rejects.toThrow(StaleRelayError);
      await expect(checkpoints.commit(topic, first, [at(0, 3)])).rejects.toThrow(StaleRelayError);
      await checkpoints.commit(topic, first + 1, [at(0, 2)]);
      expect((await checkpoints.progress(topic)).position).toEqual(START);
      await checkpoints.commit(topic, first + 1, [at(1, 4)]);
      expect((await checkpoints.progress(topic)).position).toEqual({ shard: 0, number: 2 });
    });

    test('a lease is renewed as long as nobody took it', async () => {
      const first = await fenceOf(OVER_MS);
      await checkpoints.renew(topic, first, LONG_MS);
      expect(await acquire(LONG_MS)).toBeUndefined();
      await checkpoints.release(topic, first);
      await expect(checkpoints.renew(topic, first, LONG_MS)).rejects.toThrow(StaleRelayError);
    });

    test('a withheld event is counted once, however often it is noted', async () => {
      await fenceOf(LONG_MS);
      const event = { position: { shard: 0, number: 3 }, partition: 1, eventId: randomUUID(), reason: 'too large' };
      await checkpoints.withhold(topic, event);
      await checkpoints.withhold(topic, event);
      expect((await checkpoints.progress(topic)).withheld).toBe(1);
    });

    test('another number of partitions is refused for ever', async () => {
      await fenceOf(LONG_MS);
      const other = checkpoints.acquire(topic, PARTITIONS + 1, randomUUID(), LONG_MS);
      await expect(other).rejects.toThrow(new TopicPartitionsError(topic, PARTITIONS, PARTITIONS + 1));
    });
  });
}
