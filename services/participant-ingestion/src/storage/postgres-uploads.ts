import { inTransaction } from '@poinciana/database';
import type { Pool, QueryResultRow } from 'pg';
import { type Interruption, waitingForOf } from '../domain/interruption.js';
import type { UploadReading } from '../domain/upload-reading.js';
import { deleteProblems, insertProblems, problemGroupsOf, problemsBehind } from './postgres-upload-problems.js';
import { checkTaskOf, recordOf, taskOf, UPLOAD_COLUMNS, type UploadRow } from './upload-row.js';
import {
  type CheckTask,
  EXPIRED_MAX,
  type HeldUpload,
  type ImportProgress,
  type ImportTask,
  type NewUpload,
  PARTS_LEASE_MS,
  type ProblemGroup,
  type RowProblem,
  type Severity,
  UPLOAD_LEASE_MS,
  type UploadEnd,
  type UploadIdentity,
  type UploadRecord,
  Uploads,
  type UploadTotals,
} from './uploads.js';

const LEASE_END = `clock_timestamp() + interval '${UPLOAD_LEASE_MS} milliseconds'`;
const PARTS_LEASE_END = `clock_timestamp() + interval '${PARTS_LEASE_MS} milliseconds'`;

const HELD = `id = $1 AND lease_holder = $2 AND state = 'importing'`;

function takeWhere(condition: string, began: string): string {
  return `UPDATE upload SET lease_holder = $1, lease_until = ${LEASE_END}${began}
    WHERE id = (SELECT id FROM upload WHERE state = 'importing' AND ${condition}
                  AND (lease_until IS NULL OR lease_until < clock_timestamp() OR lease_holder = $1)
                ORDER BY failures, received_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING ${UPLOAD_COLUMNS}`;
}

/** Uploads in the service's own schema; leases by the database's clock. */
export class PostgresUploads extends Uploads {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async reserve(
    upload: NewUpload,
  ): Promise<{ readonly reserved: boolean; readonly abandoned: readonly string[] }> {
    const { id, workspace, campaignId, fileName, actor, receivedAt, parts } = upload;
    return inTransaction(this.pool, async (client) => {
      const abandoned = await client.query<{ id: string }>(
        `DELETE FROM upload WHERE workspace = $1 AND campaign_id = $2 AND state = 'receiving' AND lease_until < clock_timestamp()
         RETURNING id::text`,
        [workspace, campaignId],
      );
      const reserved = await client.query(
        `INSERT INTO upload (id, workspace, campaign_id, file_name, actor, state, received_at, part_bytes, date_format, lease_until)
         VALUES ($1, $2, $3, $4, $5, 'receiving', $6, $7, $8, ${parts === undefined ? LEASE_END : PARTS_LEASE_END})
         ON CONFLICT (workspace, campaign_id) WHERE state <> 'completed' DO NOTHING`,
        [id, workspace, campaignId, fileName, actor, receivedAt, parts?.bytes ?? null, parts?.dateFormat ?? null],
      );
      return { reserved: reserved.rowCount === 1, abandoned: abandoned.rows.map((row) => row.id) };
    });
  }

  override async keepReceiving(id: string): Promise<boolean> {
    return this.changes(
      `UPDATE upload SET lease_until = CASE WHEN part_bytes IS NULL THEN ${LEASE_END} ELSE ${PARTS_LEASE_END} END
       WHERE id = $1 AND state = 'receiving'`,
      [id],
    );
  }

  override async received(id: string, bytes: number, reading: UploadReading): Promise<boolean> {
    return this.changes(
      `UPDATE upload SET state = 'importing', bytes = $2, reading = $3, next_byte = $4, lease_until = NULL
       WHERE id = $1 AND state = 'receiving'`,
      [id, bytes, JSON.stringify(reading), reading.headerEndByte],
    );
  }

  override async refuse(id: string): Promise<void> {
    await this.changes(`DELETE FROM upload WHERE id = $1 AND state = 'receiving'`, [id]);
  }

  override async receivedInParts(id: string): Promise<boolean> {
    return this.changes(
      `UPDATE upload SET state = 'importing', bytes = part_bytes, lease_until = NULL
       WHERE id = $1 AND state = 'receiving' AND part_bytes IS NOT NULL`,
      [id],
    );
  }

  override async takeUnchecked(holder: string): Promise<CheckTask | undefined> {
    const [row] = await this.rows<UploadRow>(takeWhere('reading IS NULL', ''), [holder]);
    return row === undefined ? undefined : checkTaskOf(row, holder);
  }

  override async keepChecking({ id, holder }: HeldUpload): Promise<boolean> {
    return this.changes(`UPDATE upload SET waiting_for = NULL, lease_until = ${LEASE_END} WHERE ${HELD}`, [id, holder]);
  }

  override async checked({ id, holder }: HeldUpload, reading: UploadReading): Promise<boolean> {
    return this.changes(
      `UPDATE upload SET reading = $3, next_byte = $4, failures = 0, waiting_for = NULL, lease_until = NULL WHERE ${HELD}`,
      [id, holder, JSON.stringify(reading), reading.headerEndByte],
    );
  }

  override async silent(silentMs: number): Promise<readonly string[]> {
    const rows = await this.rows<{ id: string }>(
      `SELECT id::text FROM upload WHERE state = 'receiving'
         AND lease_until <= clock_timestamp() - $1 * interval '1 millisecond' ORDER BY lease_until LIMIT ${EXPIRED_MAX}`,
      [silentMs],
    );
    return rows.map(({ id }) => id);
  }

  override async takeTask(holder: string): Promise<ImportTask | undefined> {
    const began = ', import_began_at = coalesce(import_began_at, clock_timestamp())';
    const [row] = await this.rows<UploadRow>(takeWhere('reading IS NOT NULL', began), [holder]);
    return row === undefined ? undefined : taskOf(row, holder);
  }

  override async saveProgress(
    task: HeldUpload,
    progress: ImportProgress,
    problems: readonly RowProblem[],
  ): Promise<boolean> {
    const { nextRow, nextByte, counts, warned } = progress;
    const { rows, created, updated, unchanged, failed } = counts;
    return inTransaction(this.pool, async (client) => {
      const saved = await client.query(
        `UPDATE upload SET next_row = $3, next_byte = $4, rows = $5, created = $6, updated = $7, unchanged = $8, failed = $9, warned = $10,
           failures = 0, waiting_for = NULL, progressed_at = clock_timestamp(), lease_until = ${LEASE_END}
         WHERE ${HELD}`,
        [task.id, task.holder, nextRow, nextByte, rows, created, updated, unchanged, failed, warned],
      );
      if (saved.rowCount === 1 && problems.length > 0) await insertProblems(client, task.id, problems);
      return saved.rowCount === 1;
    });
  }

  override async release({ id, holder }: HeldUpload, interruption: Interruption): Promise<void> {
    await this.changes(
      `UPDATE upload SET lease_until = NULL, failures = failures + $3, waiting_for = $4 WHERE ${HELD}`,
      [id, holder, interruption === 'failed' ? 1 : 0, waitingForOf(interruption) ?? null],
    );
  }

  override async complete(task: HeldUpload, end: UploadEnd): Promise<boolean> {
    return this.changes(
      `UPDATE upload SET state = 'completed', status = $3, reason = $4, completed_at = $5, waiting_for = NULL,
         progressed_at = coalesce(progressed_at, clock_timestamp())
       WHERE ${HELD}`,
      [task.id, task.holder, end.status, end.reason ?? null, end.completedAt],
    );
  }

  override async cancel({ id, workspace, campaignId }: UploadIdentity): Promise<boolean> {
    return this.changes(
      `UPDATE upload SET cancel_requested = true,
         state = CASE WHEN part_bytes IS NULL THEN state ELSE 'importing' END,
         lease_until = CASE WHEN state = 'receiving' AND part_bytes IS NOT NULL THEN NULL ELSE lease_until END
       WHERE id = $1 AND workspace = $2 AND campaign_id = $3 AND state <> 'completed'`,
      [id, workspace, campaignId],
    );
  }

  override async isCanceled(id: string): Promise<boolean> {
    const [row] = await this.rows<{ canceled: boolean }>(
      'SELECT cancel_requested AS canceled FROM upload WHERE id = $1',
      [id],
    );
    return row?.canceled === true;
  }

  override async expired(keptMs: number): Promise<readonly string[]> {
    const rows = await this.rows<{ id: string }>(
      `SELECT id::text FROM upload WHERE state = 'completed' AND content_removed_at IS NULL
         AND progressed_at <= clock_timestamp() - $1 * interval '1 millisecond' ORDER BY progressed_at LIMIT ${EXPIRED_MAX}`,
      [keptMs],
    );
    return rows.map(({ id }) => id);
  }

  override async removeContent(id: string): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      await deleteProblems(client, id);
      await client.query('UPDATE upload SET content_removed_at = clock_timestamp() WHERE id = $1', [id]);
    });
  }

  override async find(upload: UploadIdentity): Promise<UploadRecord | undefined> {
    const [row] = await this.rows<UploadRow>(
      `SELECT ${UPLOAD_COLUMNS} FROM upload WHERE id = $1 AND workspace = $2 AND campaign_id = $3`,
      [upload.id, upload.workspace, upload.campaignId],
    );
    return row === undefined ? undefined : recordOf(row);
  }

  override async list(
    workspace: string,
    campaignId: string,
    limit: number,
    after?: string,
  ): Promise<readonly UploadRecord[]> {
    const rows = await this.rows<UploadRow>(
      `SELECT ${UPLOAD_COLUMNS} FROM upload WHERE workspace = $1 AND campaign_id = $2
         AND NOT (state = 'receiving' AND part_bytes IS NULL AND lease_until < clock_timestamp())
         AND ($4::uuid IS NULL OR (received_at, id) < (SELECT a.received_at, a.id FROM upload a WHERE a.id = $4 AND a.workspace = $1))
       ORDER BY received_at DESC, id DESC LIMIT $3`,
      [workspace, campaignId, limit, after ?? null],
    );
    return rows.map(recordOf);
  }

  override async totals(workspace: string, campaignId: string): Promise<UploadTotals> {
    const [row] = await this.rows<{ rows: string | null; last: Date | null }>(
      `SELECT sum(rows)::text AS rows, max(received_at) AS last FROM upload WHERE workspace = $1 AND campaign_id = $2`,
      [workspace, campaignId],
    );
    const rows = Number(row?.rows ?? 0);
    return row?.last ? { rows, lastReceivedAt: row.last.toISOString() } : { rows };
  }

  override async problems(
    id: string,
    severity: Severity,
    after: { readonly row: number; readonly ordinal: number },
  ): Promise<readonly RowProblem[]> {
    return problemsBehind(this.pool, id, severity, after);
  }

  override async problemGroups(id: string, severity: Severity): Promise<readonly ProblemGroup[]> {
    return problemGroupsOf(this.pool, id, severity);
  }

  private async rows<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  private async changes(text: string, values: readonly unknown[]): Promise<boolean> {
    return (await this.pool.query(text, [...values])).rowCount === 1;
  }
}
