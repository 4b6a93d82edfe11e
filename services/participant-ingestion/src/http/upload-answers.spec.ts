import { describe, expect, it } from '@jest/globals';
import { FIELDS, NOON } from '../../test/fixtures.js';
import type { ShownUpload } from '../handlers/upload-queries.js';
import { uploadAnswer } from './upload-answers.js';

const HALF: ShownUpload = {
  id: '10000000-0000-4000-8000-000000000001',
  workspace: '20000000-0000-4000-8000-000000000002',
  campaignId: '30000000-0000-4000-8000-000000000003',
  fileName: 'people.csv',
  actor: 'user:ada',
  receivedAt: NOON,
  state: 'importing',
  status: 'Processing',
  bytes: 10_001,
  reading: {
    encoding: { encoding: 'utf-8', markBytes: 0 },
    delimiter: ',',
    header: ['email'],
    warnings: [{ column: 'shoe', code: 'ignored_column' }],
    fields: FIELDS,
    zone: 'UTC',
    dateFormat: 'YYYY-MM-DD',
    records: 1_000,
    headerEndByte: 6,
  },
  // Of 500 records 10 were blank lines.
  progress: {
    nextRow: 502,
    nextByte: 5_000,
    counts: { rows: 490, created: 400, updated: 60, unchanged: 20, failed: 10 },
    warned: 7,
  },
  importMs: 2_000,
};

describe('an upload as it is shown', () => {
  it('has its rows, bytes and rate, and the time that is left', () => {
    expect(uploadAnswer(HALF)).toMatchObject({
      status: 'Processing',
      ...{ rows: 490, created: 400, updated: 60, unchanged: 20, failed: 10, warned: 7 },
      ...{ bytes: 10_001, bytesImported: 5_001, progress: 0.5, rowsPerSecond: 245, secondsLeft: 2 },
      warnings: [{ column: 'shoe', code: 'ignored_column' }],
    });
  });

  it('says what it waits for, and not how long that takes', () => {
    const waiting = uploadAnswer({ ...HALF, waitingFor: 'storage_full' });
    expect(waiting.waiting?.code).toBe('storage_full');
    expect(waiting.waiting?.detail).toMatch(/waits for room.*goes on by itself/);
    expect(waiting).not.toHaveProperty('secondsLeft');
    expect(uploadAnswer(HALF)).not.toHaveProperty('waiting');
  });

  it('has no time left before its first rows and at its end', () => {
    const { reading: _none, ...unchecked } = HALF;
    expect(uploadAnswer({ ...unchecked, importMs: 0 })).toMatchObject({ progress: 0, rowsPerSecond: 0, warnings: [] });
    expect(uploadAnswer(unchecked)).not.toHaveProperty('secondsLeft');
    const ended = uploadAnswer({ ...HALF, state: 'completed', status: 'Failed', completedAt: NOON });
    expect(ended).toMatchObject({ progress: 1, bytesImported: 10_001, uploadedAt: NOON });
    expect(ended).not.toHaveProperty('secondsLeft');
  });

  it('shows by whom, when and how far it was reverted', () => {
    const counts = { participantsDeleted: 1, participantsRestored: 2, profilesRestored: 3, leftAlone: 4 };
    const { id, workspace, campaignId, actor } = HALF;
    const place = { shard: 0, fromNumber: 3, toNumber: 9 };
    const progress = { atNumber: 9, counts };
    const revert = { id, workspace, campaignId, actor, isPreview: false, begunAt: NOON, ...place, progress };
    const shown = (other: object) => uploadAnswer({ ...HALF, revert: { ...revert, isPartial: true, ...other } }).revert;
    expect(shown({ endedAt: NOON })).toEqual({
      status: 'Completed',
      partial: true,
      begunAt: NOON,
      endedAt: NOON,
      actor,
      ...counts,
    });
    expect(shown({})).toMatchObject({ status: 'Processing' });
    expect(shown({ endedAt: NOON, reason: 'campaign_deleted' })).toMatchObject({ status: 'Failed' });
  });
});
