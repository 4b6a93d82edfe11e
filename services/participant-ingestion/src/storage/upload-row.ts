import type { DateFormat } from '@poinciana/campaign-definition';
import { type Interruption, waitingForOf } from '../domain/interruption.js';
import type { UploadReading } from '../domain/upload-reading.js';
import type { CheckTask, ImportProgress, ImportTask, UploadRecord } from './uploads.js';

/** A row of the table `upload` as the driver gives it; 64-bit numbers come as text. */
export interface UploadRow {
  readonly id: string;
  readonly workspace: string;
  readonly campaign_id: string;
  readonly file_name: string;
  readonly actor: string;
  readonly state: UploadRecord['state'];
  readonly status: 'Completed' | 'Failed' | null;
  readonly reason: string | null;
  readonly received_at: Date;
  readonly completed_at: Date | null;
  readonly bytes: string;
  readonly reading: UploadReading | null;
  readonly next_row: string;
  readonly next_byte: string;
  readonly rows: string;
  readonly created: string;
  readonly updated: string;
  readonly unchanged: string;
  readonly failed: string;
  readonly warned: string;
  readonly failures: number;
  readonly waiting_for: Interruption | null;
  readonly lease_holder: string | null;
  readonly import_ms: number;
  readonly part_bytes: string | null;
  readonly date_format: DateFormat | null;
}

export const UPLOAD_COLUMNS = `id::text, workspace::text, campaign_id::text, file_name, actor, state, status, reason, received_at,
  completed_at, bytes, reading, next_row, next_byte, rows, created, updated, unchanged, failed, warned, failures, waiting_for, lease_holder::text, part_bytes, date_format,
  coalesce(extract(epoch FROM (CASE state WHEN 'importing' THEN clock_timestamp() ELSE progressed_at END) - import_began_at) * 1000, 0)::float8 AS import_ms`;

export function recordOf(row: UploadRow): UploadRecord {
  const waitingFor = waitingForOf(row.waiting_for);
  return {
    ...identityOf(row),
    state: row.state,
    status: row.status ?? 'Processing',
    bytes: Number(row.bytes),
    progress: progressOf(row),
    importMs: row.import_ms,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(waitingFor === undefined ? {} : { waitingFor }),
    ...(row.completed_at === null ? {} : { completedAt: row.completed_at.toISOString() }),
    ...(row.reading === null ? {} : { reading: row.reading }),
  };
}

export function taskOf(row: UploadRow, holder: string): ImportTask {
  if (row.reading === null) throw new Error(`The upload ${row.id} is imported without having been checked`);
  return { ...checkTaskOf(row, holder), reading: row.reading };
}

export function checkTaskOf(row: UploadRow, holder: string): CheckTask {
  return { ...identityOf(row), bytes: Number(row.bytes), progress: progressOf(row), failures: row.failures, holder };
}

function identityOf(row: UploadRow) {
  const { id, workspace, campaign_id: campaignId, file_name: fileName, actor } = row;
  const identity = { id, workspace, campaignId, fileName, actor, receivedAt: row.received_at.toISOString() };
  if (row.part_bytes === null || row.date_format === null) return identity;
  return { ...identity, parts: { bytes: Number(row.part_bytes), dateFormat: row.date_format } };
}

function progressOf(row: UploadRow): ImportProgress {
  const counts = {
    rows: Number(row.rows),
    created: Number(row.created),
    updated: Number(row.updated),
    unchanged: Number(row.unchanged),
    failed: Number(row.failed),
  };
  return { nextRow: Number(row.next_row), nextByte: Number(row.next_byte), counts, warned: Number(row.warned) };
}
