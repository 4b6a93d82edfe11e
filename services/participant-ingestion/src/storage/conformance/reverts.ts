import { describe, expect, it } from '@jest/globals';
import { NOON } from '../../../test/fixtures.js';
import { type LeftEntry, NO_REVERTS } from '../../domain/revert-progress.js';
import type { NewRevert, Reverts } from '../reverts.js';

export interface RevertsUnderTest {
  readonly reverts: Reverts;
  /** Makes every lease older than it may be. */
  expireLeases(): Promise<void>;
}

const [ONE, TWO] = ['10000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000002'];
const COUNTS = { participantsDeleted: 1, participantsRestored: 2, profilesRestored: 3, leftAlone: 2 };

/** What every store of reverts holds. `make` gives an empty one. */
export function describeReverts(make: () => Promise<RevertsUnderTest>, newId: () => string): void {
  const newRevert = (isPreview = false): NewRevert => {
    const [id, workspace, campaignId] = [newId(), newId(), newId()];
    const place = { shard: 0, fromNumber: 3, toNumber: 9 };
    return { id, isPreview, workspace, campaignId, actor: 'user:ada', begunAt: NOON, ...place };
  };
  const left = (row: number, reason: LeftEntry['reason'], fields: readonly string[] = []): LeftEntry => {
    return { row, reason, fields, subject: 'participant', subjectId: newId() };
  };

  describe('reverts', () => {
    it('are worked on by one at a time, from where it stopped', async () => {
      const { reverts, expireLeases } = await make();
      const revert = newRevert();
      await reverts.begin(revert);
      const task = await reverts.takeTask(ONE);
      if (task === undefined) throw new Error('There is nothing to revert');
      expect(task).toEqual({ ...revert, holder: ONE, failures: 0, progress: { atNumber: 3, counts: NO_REVERTS } });
      expect(await reverts.takeTask(TWO)).toBeUndefined();
      const entry = left(2, 'changed_since', ['amount', 'due_date']);
      expect(await reverts.saveProgress(task, { atNumber: 6, counts: COUNTS }, [entry])).toBe(true);
      await expireLeases();
      expect(await reverts.takeTask(TWO)).toMatchObject({ id: revert.id, progress: { atNumber: 6, counts: COUNTS } });
      expect(await reverts.saveProgress(task, { atNumber: 9, counts: COUNTS }, [left(3, 'deleted_since')])).toBe(false);
      expect(await reverts.end(task, NOON, undefined)).toBe(false);
      expect(await reverts.left(revert, 10)).toEqual([entry]);
    });

    it('count failures until there is a step forward', async () => {
      const { reverts } = await make();
      await reverts.begin(newRevert());
      const task = await reverts.takeTask(ONE);
      if (task === undefined) throw new Error('There is nothing to revert');
      await reverts.release(task, 'failed');
      const again = await reverts.takeTask(ONE);
      expect(again?.failures).toBe(1);
      await reverts.saveProgress(task, { atNumber: 4, counts: NO_REVERTS }, []);
      await reverts.release(task, 'stopped');
      expect((await reverts.takeTask(ONE))?.failures).toBe(0);
    });

    it('say what they wait for until they go on, and are taken again by whoever could not give them back', async () => {
      const { reverts } = await make();
      const revert = newRevert();
      await reverts.begin(revert);
      const waitingFor = async () => (await reverts.find(revert))?.waitingFor;
      const task = await reverts.takeTask(ONE);
      if (task === undefined) throw new Error('There is nothing to revert');
      expect((await reverts.takeTask(ONE))?.id).toBe(revert.id);
      await reverts.release(task, 'storage_full');
      expect(await waitingFor()).toBe('storage_full');
      expect((await reverts.takeTask(ONE))?.failures).toBe(0);
      await reverts.saveProgress(task, { atNumber: 4, counts: NO_REVERTS }, []);
      expect(await waitingFor()).toBeUndefined();
      await reverts.release(task, 'unavailable');
      await reverts.end(task, NOON, 'campaign_deleted');
      expect(await waitingFor()).toBeUndefined();
    });

    it('are shown by their uploads, previews not; partial where more than customers was left alone', async () => {
      const { reverts } = await make();
      const [whole, partial, preview] = [newRevert(), newRevert(), newRevert(true)].map((revert, _, [first]) => {
        return { ...revert, workspace: first?.workspace ?? '' };
      });
      if (whole === undefined || partial === undefined || preview === undefined) throw new Error('There are three');
      const reasons: readonly (readonly [NewRevert, readonly LeftEntry['reason'][]])[] = [
        [whole, ['customer_kept']],
        [partial, ['customer_kept', 'changed_since']],
        [preview, []],
      ];
      for (const [revert, reasonsLeft] of reasons) {
        await reverts.begin(revert);
        const task = await reverts.takeTask(ONE);
        if (task?.id !== revert.id) throw new Error('The revert is not the one to work on');
        const entries = reasonsLeft.map((reason) => left(2, reason));
        await reverts.saveProgress(task, { atNumber: 9, counts: { ...COUNTS, leftAlone: entries.length } }, entries);
        await reverts.end(task, NOON, undefined);
      }
      const ids = reasons.map(([{ id }]) => id);
      const shown = await reverts.ofUploads(whole.workspace, [...ids, newId()]);
      expect([...shown.keys()].sort()).toEqual([whole.id, partial.id].sort());
      expect(shown.get(whole.id)).toMatchObject({ actor: 'user:ada', endedAt: NOON, isPartial: false });
      expect(shown.get(partial.id)).toMatchObject({ progress: { counts: { leftAlone: 2 } }, isPartial: true });
      expect(await reverts.ofUploads(newId(), ids)).toEqual(new Map());
      expect(await reverts.ofUploads(whole.workspace, [])).toEqual(new Map());
    });

    it('begin anew when they have ended, and not before; a preview is another one', async () => {
      const { reverts } = await make();
      const revert = newRevert();
      await reverts.begin(revert);
      await reverts.begin({ ...revert, actor: 'user:bo' });
      const task = await reverts.takeTask(ONE);
      if (task === undefined) throw new Error('There is nothing to revert');
      expect(task.actor).toBe('user:ada');
      expect(await reverts.find({ ...revert, isPreview: true })).toBeUndefined();
      await reverts.saveProgress(task, { atNumber: 9, counts: COUNTS }, [left(2, 'customer_kept')]);
      expect(await reverts.end(task, NOON, 'internal_error')).toBe(true);
      expect(await reverts.find(revert)).toMatchObject({ endedAt: NOON, reason: 'internal_error' });
      expect(await reverts.takeTask(ONE)).toBeUndefined();
      await reverts.begin(revert);
      expect(await reverts.find(revert)).toEqual({ ...revert, progress: { atNumber: 3, counts: NO_REVERTS } });
      expect(await reverts.left(revert, 10)).toEqual([]);
    });

    it('tell what they left alone by reason and page by page, in their workspace and campaign', async () => {
      const { reverts } = await make();
      const revert = newRevert(true);
      await reverts.begin(revert);
      const task = await reverts.takeTask(ONE);
      if (task === undefined) throw new Error('There is nothing to revert');
      const entries = [
        left(2, 'changed_since', ['name']),
        left(10, 'changed_since', ['name']),
        left(4, 'deleted_since'),
      ];
      await reverts.saveProgress(task, { atNumber: 9, counts: COUNTS }, [...entries].reverse());
      expect(await reverts.leftByReason(revert)).toEqual({ changed_since: 2, deleted_since: 1 });
      expect(await reverts.left(revert, 2)).toEqual(entries.slice(0, 2));
      expect(await reverts.left(revert, 2, entries[1])).toEqual(entries.slice(2));
      expect(await reverts.find({ ...revert, workspace: newId() })).toBeUndefined();
      expect(await reverts.find({ ...revert, campaignId: newId() })).toBeUndefined();
    });
  });
}
