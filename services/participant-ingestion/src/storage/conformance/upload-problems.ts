import { describe, expect, it } from '@jest/globals';
import { importing, PROBLEM, PROGRESS, TWO, type UploadsUnderTest } from './upload-fixtures.js';

/** What every store of uploads holds of the problems of their rows. */
export function describeUploadProblems(make: () => Promise<UploadsUnderTest>, newId: () => string): void {
  describe('the problems of an upload', () => {
    it('are read by row, and grouped', async () => {
      const under = await make();
      const task = await importing(under, newId);
      const rows = [3, 4, 4, 9].map((row, at) => ({
        ...PROBLEM,
        row,
        ordinal: at === 2 ? 1 : 0,
        ...(at === 2 ? { field: 'name' } : {}),
      }));
      await under.uploads.saveProgress(task, PROGRESS, rows);
      expect(await under.uploads.problems(task.id, { row: 3, ordinal: 0 })).toEqual(rows.slice(1));
      expect(await under.uploads.problems(task.id, { row: 4, ordinal: 0 })).toEqual(rows.slice(2));
      expect(await under.uploads.problemGroups(task.id)).toMatchObject([
        { field: 'email', code: 'invalid_email', count: 3, examples: [{ row: 3, value: 'x' }, { row: 4 }, { row: 9 }] },
        { field: 'name', count: 1 },
      ]);
      expect(await under.uploads.problemGroups(newId())).toEqual([]);
    });

    it('are counted once, also where a step is stored again, and a group shows its first rows', async () => {
      const under = await make();
      const { uploads } = under;
      const task = await importing(under, newId);
      const problemsIn = (...rows: readonly number[]) =>
        rows.map((row) => ({ ...PROBLEM, row, ordinal: 0, value: `x${row}` }));
      await uploads.saveProgress(task, PROGRESS, problemsIn(3, 4, 5));
      await uploads.saveProgress(task, PROGRESS, problemsIn(6, 7, 8));
      await uploads.saveProgress(task, PROGRESS, problemsIn(6, 7, 8));
      const { field, code, reason } = PROBLEM;
      const examples = problemsIn(3, 4, 5, 6, 7).map(({ row, value }) => ({ row, value }));
      const group = { field, code, reason, count: 6, examples };
      expect(await uploads.problemGroups(task.id)).toEqual([group]);
      await under.expireLeases();
      await uploads.takeTask(TWO);
      expect(await uploads.saveProgress(task, PROGRESS, problemsIn(9))).toBe(false);
      expect(await uploads.problemGroups(task.id)).toEqual([group]);
    });
  });
}
