import { describe, expect, test } from '@jest/globals';
import type { CampaignNames } from '../src/storage/campaign-names.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const ONE = '7a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const OTHER = '7a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';

/** What every adapter of CampaignNames must hold. Each test gets one that is empty. */
export function campaignNamesConformance(name: string, empty: () => Promise<CampaignNames>): void {
  describe(`${name} reserves names`, () => {
    test('for the first who asks, and tells the others who that is', async () => {
      const names = await empty();
      expect(await names.reserve(OURS, 'spring', ONE)).toMatchObject({ campaignId: ONE });
      const held = await names.reserve(OURS, 'spring', OTHER);
      expect(held.campaignId).toBe(ONE);
      expect(held.ageMs).toBeGreaterThanOrEqual(0);
      expect(await names.reserve(OURS, 'spring', ONE)).toMatchObject({ campaignId: ONE });
      expect(await names.find(OURS, 'spring')).toMatchObject({ campaignId: ONE });
      expect(await names.find(OURS, 'summer')).toBeUndefined();
      expect(await names.find(THEIRS, 'spring')).toBeUndefined();
    });

    test('in each workspace apart', async () => {
      const names = await empty();
      await names.reserve(OURS, 'spring', ONE);
      expect(await names.reserve(THEIRS, 'spring', OTHER)).toMatchObject({ campaignId: OTHER });
      await names.releaseOthers(THEIRS, ONE, undefined);
      expect(await names.reserve(OURS, 'spring', OTHER)).toMatchObject({ campaignId: ONE });
    });

    test('for one of many who ask at once', async () => {
      const names = await empty();
      const asking = Array.from({ length: 8 }, (_, number) => `7a1f7c1e-0b51-4b57-8a44-0d3f0e0c9b0${number}`);
      const held = await Promise.all(asking.map((id) => names.reserve(OURS, 'spring', id)));
      expect(new Set(held.map(({ campaignId }) => campaignId)).size).toBe(1);
    });

    test('and hands them over from the holder that was named, to one taker', async () => {
      const names = await empty();
      await names.reserve(OURS, 'spring', ONE);
      expect(await names.takeOver(OURS, 'spring', OTHER, OTHER)).toBe(false);
      expect(await names.takeOver(OURS, 'spring', ONE, OTHER)).toBe(true);
      expect(await names.takeOver(OURS, 'spring', ONE, ONE)).toBe(false);
      expect(await names.reserve(OURS, 'spring', ONE)).toMatchObject({ campaignId: OTHER });
    });

    test('and frees those that a campaign does not keep', async () => {
      const names = await empty();
      await names.reserve(OURS, 'spring', ONE);
      await names.reserve(OURS, 'summer', ONE);
      await names.reserve(OURS, 'autumn', OTHER);
      await names.releaseOthers(OURS, ONE, 'summer');
      expect(await names.reserve(OURS, 'spring', OTHER)).toMatchObject({ campaignId: OTHER });
      expect(await names.reserve(OURS, 'summer', OTHER)).toMatchObject({ campaignId: ONE });
      await names.releaseOthers(OURS, ONE, undefined);
      expect(await names.reserve(OURS, 'summer', OTHER)).toMatchObject({ campaignId: OTHER });
      expect(await names.reserve(OURS, 'autumn', ONE)).toMatchObject({ campaignId: OTHER });
    });
  });
}
