import { FIELDS, NOON } from '../../../test/fixtures.js';
import type { UploadReading } from '../../domain/upload-reading.js';
import type { ImportTask, Uploads } from '../uploads.js';

export interface UploadsUnderTest {
  readonly uploads: Uploads;
  /** Makes every lease older than it may be. */
  expireLeases(): Promise<void>;
}

export const READING: UploadReading = {
  encoding: { encoding: 'utf-8', markBytes: 0 },
  delimiter: ',',
  header: ['email'],
  warnings: [],
  fields: FIELDS,
  zone: 'UTC',
  dateFormat: 'YYYY-MM-DD',
  records: 3,
  headerEndByte: 6,
};
export const PROGRESS = {
  nextRow: 4,
  nextByte: 20,
  counts: { rows: 2, created: 1, updated: 0, unchanged: 0, failed: 1 },
  warned: 1,
};
export const PROBLEM = {
  severity: 'error' as const,
  field: 'email',
  value: 'x',
  code: 'invalid_email',
  reason: 'No address',
};
export const [ONE, TWO] = ['10000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000002'];

/** An upload that is not known yet. */
export const newUpload = (newId: () => string) => ({
  id: newId(),
  workspace: newId(),
  campaignId: newId(),
  fileName: 'people.csv',
  actor: 'user:ada',
  receivedAt: NOON,
});

/** An upload that ONE imports. */
export async function importing({ uploads }: UploadsUnderTest, newId: () => string): Promise<ImportTask> {
  const upload = newUpload(newId);
  await uploads.reserve(upload);
  await uploads.received(upload.id, 99, READING);
  const task = await uploads.takeTask(ONE);
  if (task?.id !== upload.id) throw new Error('The upload is not the one to import');
  return task;
}
