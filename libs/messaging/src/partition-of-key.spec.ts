import { expect, test } from '@jest/globals';
import { derivedId, derivedIdBeside } from '@poinciana/event-sourcing';
import { shareOf } from './partition-leases.js';
import { partitionOfKey } from './partition-of-key.js';

test('the partition of a key never changes', () => {
  const keys = ['00000000-0000-0000-0000-000000000000', 'b6a1c6d2-5d0f-5d0e-9c55-0f6f5a0f7c11', 'a'];
  expect(keys.map((key) => partitionOfKey(key, 16))).toEqual([8, 4, 3]);
});

test('keys of one campaign, which begin alike, spread over all partitions', () => {
  const campaign = derivedId('campaign');
  const counts = Array.from({ length: 16 }, () => 0);
  for (let person = 0; person < 16_000; person++) {
    const partition = partitionOfKey(derivedIdBeside(campaign, person), 16);
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1_200);
});

test('the shares of all members are the partitions, each once', () => {
  for (const members of [['a'], ['a', 'b', 'c'], Array.from({ length: 20 }, (_, index) => `member-${index}`)]) {
    const shares = members.map((member) => shareOf(member, members, 16));
    expect(shares.flat().sort((one, other) => one - other)).toEqual(
      Array.from({ length: 16 }, (_, partition) => partition),
    );
  }
  expect(shareOf('stranger', ['a', 'b'], 16)).toEqual([]);
});
