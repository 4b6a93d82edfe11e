import { describe, expect, it } from '@jest/globals';
import type { RequestAnswers } from '../request-answers.js';

/** What every store of answers holds. */
export function describeRequestAnswers(make: () => Promise<RequestAnswers>, newId: () => string): void {
  describe('answers by Idempotency-Key', () => {
    const answer = { outcomes: [], position: '0:7' };

    it('notes a request once and keeps its first answer', async () => {
      const answers = await make();
      const request = { workspace: newId(), campaignId: newId(), key: 'order-17' };
      const begun = await answers.begin(request, 'hash');
      expect(begun).toEqual({ bodyHash: 'hash', isRepeated: false, begunAtMs: expect.any(Number) });
      expect(await answers.begin(request, 'other')).toEqual({ ...begun, isRepeated: true });
      expect(await answers.keep(request, answer)).toEqual(answer);
      expect(await answers.keep(request, { ...answer, position: '0:9' })).toEqual(answer);
      expect(await answers.begin(request, 'hash')).toEqual({ ...begun, isRepeated: true, answer });
    });

    it('forgets what is old enough', async () => {
      const answers = await make();
      const request = { workspace: newId(), campaignId: newId(), key: 'old' };
      await answers.begin(request, 'hash');
      await answers.forget(3_600_000);
      expect((await answers.begin(request, 'hash')).isRepeated).toBe(true);
      await answers.forget(0);
      expect((await answers.begin(request, 'hash')).isRepeated).toBe(false);
    });

    it('keeps workspaces, campaigns and keys apart', async () => {
      const answers = await make();
      const request = { workspace: newId(), campaignId: newId(), key: 'k' };
      await answers.begin(request, 'hash');
      for (const other of [{ workspace: newId() }, { campaignId: newId() }, { key: 'K' }]) {
        expect((await answers.begin({ ...request, ...other }, 'hash')).isRepeated).toBe(false);
      }
    });
  });
}
