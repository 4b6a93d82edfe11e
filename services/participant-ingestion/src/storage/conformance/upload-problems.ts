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
      expect(await under.uploads.problems(task.id, 'error', { row: 3, ordinal: 0 })).toEqual(rows.slice(1));
      expect(await under.uploads.problems(task.id, 'error', { row: 4, ordinal: 0 })).toEqual(rows.slice(2));
      expect(await under.uploads.problemGroups(task.id, 'error')).toMatchObject([
        { field: 'email', code: 'invalid_email', count: 3, examples: [{ row: 3, value: 'x' }, { row: 4 }, { row: 9 }] },
        { field: 'name', count: 1 },
      ]);
      expect(await under.uploads.problemGroups(newId(), 'error')).toEqual([]);
    });

    it('are errors or warnings, which know nothing of each other', async () => {
      const { uploads, ...under } = await make();
      const task = await importing({ uploads, ...under }, newId);
      const error = { ...PROBLEM, row: 3, ordinal: 0 };
      const warning = { ...error, severity: 'warning', code: 'key_of_another' } as const;
      const stored = [error, warning, { ...warning, row: 4 }, { ...error, row: 5 }];
      expect(await uploads.saveProgress(task, PROGRESS, stored)).toBe(true);
      const start = { row: 0, ordinal: 0 };
      expect(await uploads.problems(task.id, 'error', start)).toEqual([error, { ...error, row: 5 }]);
      expect(await uploads.problems(task.id, 'warning', start)).toEqual([warning, { ...warning, row: 4 }]);
      expect(await uploads.problems(task.id, 'warning', { row: 4, ordinal: 0 })).toEqual([]);
      const codes = async (severity: 'error' | 'warning') =>
        (await uploads.problemGroups(task.id, severity)).map(({ code, count }) => [code, count]);
      expect(await codes('error')).toEqual([['invalid_email', 2]]);
      expect(await codes('warning')).toEqual([['key_of_another', 2]]);
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
      expect(await uploads.problemGroups(task.id, 'error')).toEqual([group]);
      await under.expireLeases();
      await uploads.takeTask(TWO);
      expect(await uploads.saveProgress(task, PROGRESS, problemsIn(9))).toBe(false);
      expect(await uploads.problemGroups(task.id, 'error')).toEqual([group]);
    });
  });
}
