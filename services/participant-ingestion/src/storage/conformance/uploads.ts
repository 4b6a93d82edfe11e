import { describe, expect, it } from '@jest/globals';
import { NOON } from '../../../test/fixtures.js';
import * as fixtures from './upload-fixtures.js';
import { ONE, PROBLEM, PROGRESS, READING, TWO, type UploadsUnderTest } from './upload-fixtures.js';

/** What every store of uploads holds. `make` gives an empty one. */
export function describeUploads(make: () => Promise<UploadsUnderTest>, newId: () => string): void {
  const newUpload = () => fixtures.newUpload(newId);
  const importing = (under: UploadsUnderTest) => fixtures.importing(under, newId);

  describe('uploads', () => {
    it('are one under way per campaign', async () => {
      const { uploads } = await make();
      const upload = newUpload();
      expect(await uploads.reserve(upload)).toEqual({ reserved: true, abandoned: [] });
      expect(await uploads.reserve({ ...upload, id: newId() })).toEqual({ reserved: false, abandoned: [] });
      expect((await uploads.reserve({ ...upload, id: newId(), campaignId: newId() })).reserved).toBe(true);
      await uploads.refuse(upload.id);
      expect((await uploads.reserve({ ...upload, id: newId() })).reserved).toBe(true);
    });

    it('are not listed when they were cut off while they were received, but as long as they come, and when they come in parts', async () => {
      const under = await make();
      const { uploads } = under;
      const upload = newUpload();
      const inParts = { ...newUpload(), parts: { bytes: 10, dateFormat: 'YYYY-MM-DD' as const } };
      const listed = async ({ workspace, campaignId }: { readonly workspace: string; readonly campaignId: string }) =>
        (await uploads.list(workspace, campaignId, 10)).map(({ id }) => id);
      await uploads.reserve(upload);
      await uploads.reserve(inParts);
      expect([await listed(upload), await listed(inParts)]).toEqual([[upload.id], [inParts.id]]);
      await under.expireLeases();
      expect([await listed(upload), await listed(inParts)]).toEqual([[], [inParts.id]]);
      await uploads.keepReceiving(upload.id);
      expect(await listed(upload)).toEqual([upload.id]);
    });

    it('give way when their receiver fell silent, but not once they are received', async () => {
      const under = await make();
      const { uploads } = under;
      const upload = newUpload();
      await uploads.reserve(upload);
      await under.expireLeases();
      expect(await uploads.keepReceiving(upload.id)).toBe(true);
      expect((await uploads.reserve({ ...upload, id: newId() })).reserved).toBe(false);
      await under.expireLeases();
      const second = { ...upload, id: newId() };
      expect(await uploads.reserve(second)).toEqual({ reserved: true, abandoned: [upload.id] });
      expect(await uploads.keepReceiving(upload.id)).toBe(false);
      expect(await uploads.received(upload.id, 9, READING)).toBe(false);
      expect(await uploads.received(second.id, 9, READING)).toBe(true);
      await under.expireLeases();
      expect((await uploads.reserve({ ...upload, id: newId() })).reserved).toBe(false);
    });

    it('are imported by one at a time, from where it stopped', async () => {
      const under = await make();
      const { uploads } = under;
      const task = await importing(under);
      expect(task).toMatchObject({
        bytes: 99,
        reading: READING,
        progress: { nextRow: 2, nextByte: 6 },
        failures: 0,
        holder: ONE,
      });
      expect(await uploads.takeTask(TWO)).toBeUndefined();
      expect(await uploads.saveProgress(task, PROGRESS, [{ ...PROBLEM, row: 3, ordinal: 0 }])).toBe(true);
      await under.expireLeases();
      const taken = await uploads.takeTask(TWO);
      expect(taken).toMatchObject({ id: task.id, progress: PROGRESS });
      // Whoever lost the lease changes nothing any more.
      expect(await uploads.saveProgress(task, { ...PROGRESS, nextRow: 9 }, [{ ...PROBLEM, row: 5, ordinal: 0 }])).toBe(
        false,
      );
      expect(await uploads.complete(task, { status: 'Failed', completedAt: NOON })).toBe(false);
      expect(await uploads.find(task)).toMatchObject({ state: 'importing', progress: PROGRESS });
      expect(await uploads.problems(task.id, 'error', { row: 0, ordinal: 0 })).toEqual([
        { ...PROBLEM, row: 3, ordinal: 0 },
      ]);
    });

    it('count failures until there is a step forward', async () => {
      const under = await make();
      const { uploads } = under;
      let task = await importing(under);
      await uploads.release(task, 'failed');
      task = (await uploads.takeTask(ONE)) ?? task;
      expect(task.failures).toBe(1);
      await uploads.saveProgress(task, PROGRESS, []);
      await uploads.release(task, 'stopped');
      expect((await uploads.takeTask(ONE))?.failures).toBe(0);
    });

    it('say what their import waits for until it goes on, which is no failure', async () => {
      const under = await make();
      const { uploads } = under;
      let task = await importing(under);
      const waitingFor = async () => (await uploads.find(task))?.waitingFor;
      expect(await waitingFor()).toBeUndefined();
      for (const code of ['storage_full', 'unavailable'] as const) {
        await uploads.release(task, code);
        expect(await waitingFor()).toBe(code);
        expect((await uploads.list(task.workspace, task.campaignId, 1))[0]?.waitingFor).toBe(code);
        task = (await uploads.takeTask(ONE)) ?? task;
        expect(task.failures).toBe(0);
        expect(await waitingFor()).toBe(code);
        await uploads.saveProgress(task, PROGRESS, []);
        expect(await waitingFor()).toBeUndefined();
      }
      await uploads.release(task, 'storage_full');
      await uploads.complete(task, { status: 'Failed', reason: 'canceled', completedAt: NOON });
      expect(await waitingFor()).toBeUndefined();
    });

    it('are taken again at once by whoever could not give them back', async () => {
      const under = await make();
      const task = await importing(under);
      expect(await under.uploads.takeTask(TWO)).toBeUndefined();
      expect((await under.uploads.takeTask(ONE))?.id).toBe(task.id);
    });

    it('are asked to end early, in their workspace and while they are under way', async () => {
      const under = await make();
      const { uploads } = under;
      const task = await importing(under);
      expect(await uploads.cancel({ ...task, workspace: newId() })).toBe(false);
      expect(await uploads.isCanceled(task.id)).toBe(false);
      expect(await uploads.cancel(task)).toBe(true);
      expect(await uploads.isCanceled(task.id)).toBe(true);
      await uploads.complete(task, { status: 'Failed', reason: 'canceled', completedAt: NOON });
      expect(await uploads.cancel(task)).toBe(false);
    });

    it('are received no further when they come in parts and are canceled, and wait to be ended', async () => {
      const under = await make();
      const { uploads } = under;
      const upload = { ...newUpload(), parts: { bytes: 99, dateFormat: 'YYYY-MM-DD' as const } };
      await uploads.reserve(upload);
      expect(await uploads.takeUnchecked(ONE)).toBeUndefined();
      expect(await uploads.cancel(upload)).toBe(true);
      expect(await uploads.keepReceiving(upload.id)).toBe(false);
      expect(await uploads.receivedInParts(upload.id)).toBe(false);
      expect(await uploads.takeUnchecked(ONE)).toMatchObject({ id: upload.id, bytes: 0 });
    });

    it('lose their problems when their time is over, and nothing else', async () => {
      const under = await make();
      const { uploads } = under;
      const task = await importing(under);
      await uploads.saveProgress(task, PROGRESS, [{ ...PROBLEM, row: 3, ordinal: 0 }]);
      expect(await uploads.expired(0)).toEqual([]);
      await uploads.complete(task, { status: 'Failed', completedAt: NOON });
      expect(await uploads.expired(3_600_000)).toEqual([]);
      expect(await uploads.expired(0)).toEqual([task.id]);
      await uploads.removeContent(task.id);
      expect(await uploads.expired(0)).toEqual([]);
      expect(await uploads.problems(task.id, 'error', { row: 0, ordinal: 0 })).toEqual([]);
      expect(await uploads.problemGroups(task.id, 'error')).toEqual([]);
      expect(await uploads.find(task)).toMatchObject({ status: 'Failed', progress: PROGRESS });
    });

    it('free their campaign when they end', async () => {
      const under = await make();
      const { uploads } = under;
      const task = await importing(under);
      await uploads.saveProgress(task, PROGRESS, []);
      expect(await uploads.complete(task, { status: 'Failed', reason: 'file_missing', completedAt: NOON })).toBe(true);
      const ended = {
        state: 'completed',
        status: 'Failed',
        reason: 'file_missing',
        completedAt: NOON,
        progress: PROGRESS,
      };
      expect(await uploads.find(task)).toMatchObject(ended);
      expect(await uploads.takeTask(ONE)).toBeUndefined();
      expect((await uploads.reserve({ ...task, id: newId() })).reserved).toBe(true);
    });

    it('are listed the newest first, page by page, in their workspace and campaign', async () => {
      const under = await make();
      const { uploads } = under;
      const first = await importing(under);
      await uploads.saveProgress(first, PROGRESS, []);
      await uploads.complete(first, { status: 'Failed', completedAt: NOON });
      const second = { ...first, id: newId(), receivedAt: '2026-06-02T12:00:00.000Z' };
      await uploads.reserve(second);
      const { workspace, campaignId } = first;
      expect((await uploads.list(workspace, campaignId, 5)).map(({ id }) => id)).toEqual([second.id, first.id]);
      expect((await uploads.list(workspace, campaignId, 1, second.id)).map(({ id }) => id)).toEqual([first.id]);
      expect(await uploads.list(newId(), campaignId, 5)).toEqual([]);
      expect(await uploads.totals(workspace, campaignId)).toEqual({ rows: 2, lastReceivedAt: second.receivedAt });
      expect(await uploads.totals(newId(), campaignId)).toEqual({ rows: 0 });
      expect(await uploads.find({ ...first, workspace: newId() })).toBeUndefined();
    });
  });
}
