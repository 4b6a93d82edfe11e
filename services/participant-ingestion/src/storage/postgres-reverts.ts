import { binaryArray, inTransaction } from '@poinciana/database';
import type { Pool, QueryResultRow } from 'pg';
import { type Interruption, waitingForOf } from '../domain/interruption.js';
import type { LeftEntry } from '../domain/revert-progress.js';
import type { LeftReason } from '../domain/undo.js';
import {
  LEFT_PAGE_MAX,
  type LeftPlace,
  type NewRevert,
  type RevertIdentity,
  type RevertProgress,
  type RevertRecord,
  Reverts,
  type RevertTask,
  type UploadsRevert,
} from './reverts.js';
import { UPLOAD_LEASE_MS } from './uploads.js';

const LEASE_END = `clock_timestamp() + interval '${UPLOAD_LEASE_MS} milliseconds'`;
const COLUMNS = `upload_id::text AS id, is_preview, workspace::text, campaign_id::text, actor, begun_at, shard,
  from_number::float8, to_number::float8, at_number::float8, participants_deleted::float8, participants_restored::float8,
  profiles_restored::float8, left_alone::float8, failures, waiting_for, ended_at, reason`;
const IDENTITY = 'upload_id = $1 AND is_preview = $2';

interface RevertRow extends QueryResultRow {
  readonly id: string;
  readonly is_preview: boolean;
  readonly workspace: string;
  readonly campaign_id: string;
  readonly actor: string;
  readonly begun_at: Date;
  readonly shard: number;
  readonly from_number: number;
  readonly to_number: number;
  readonly at_number: number;
  readonly participants_deleted: number;
  readonly participants_restored: number;
  readonly profiles_restored: number;
  readonly left_alone: number;
  readonly failures: number;
  readonly waiting_for: Interruption | null;
  readonly ended_at: Date | null;
  readonly reason: string | null;
}

/** Reverts in the service's own schema; leases by the database's clock. */
export class PostgresReverts extends Reverts {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async begin(revert: NewRevert): Promise<void> {
    const { id, isPreview, workspace, campaignId, actor, begunAt, shard, fromNumber, toNumber } = revert;
    await inTransaction(this.pool, async (client) => {
      await client.query(`DELETE FROM upload_revert WHERE ${IDENTITY} AND ended_at IS NOT NULL`, [id, isPreview]);
      const { rowCount } = await client.query(
        `INSERT INTO upload_revert (upload_id, is_preview, workspace, campaign_id, actor, begun_at, shard, from_number, to_number, at_number)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8) ON CONFLICT DO NOTHING`,
        [id, isPreview, workspace, campaignId, actor, begunAt, shard, fromNumber, toNumber],
      );
      if (rowCount === 1) await client.query(`DELETE FROM upload_revert_left WHERE ${IDENTITY}`, [id, isPreview]);
    });
  }

  override async takeTask(holder: string): Promise<RevertTask | undefined> {
    const [row] = await this.rows<RevertRow>(
      `UPDATE upload_revert SET lease_holder = $1, lease_until = ${LEASE_END}
       WHERE (upload_id, is_preview) =
         (SELECT upload_id, is_preview FROM upload_revert
          WHERE ended_at IS NULL AND (lease_until IS NULL OR lease_until < clock_timestamp() OR lease_holder = $1)
          ORDER BY failures, begun_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [holder],
    );
    return row === undefined ? undefined : { ...recordOf(row), failures: row.failures, holder };
  }

  override async saveProgress(
    task: RevertTask,
    { atNumber, counts }: RevertProgress,
    left: readonly LeftEntry[],
  ): Promise<boolean> {
    const { participantsDeleted, participantsRestored, profilesRestored, leftAlone } = counts;
    return inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE upload_revert SET at_number = $4, participants_deleted = $5, participants_restored = $6, profiles_restored = $7,
           left_alone = $8, failures = 0, waiting_for = NULL, lease_until = ${LEASE_END}
         WHERE ${IDENTITY} AND lease_holder = $3 AND ended_at IS NULL`,
        [
          ...[task.id, task.isPreview, task.holder, atNumber],
          ...[participantsDeleted, participantsRestored, profilesRestored, leftAlone],
        ],
      );
      if (rowCount === 1 && left.length > 0) await client.query(INSERT_LEFT, leftParameters(task, left));
      return rowCount === 1;
    });
  }

  override async release({ id, isPreview, holder }: RevertTask, interruption: Interruption): Promise<void> {
    await this.pool.query(
      `UPDATE upload_revert SET lease_until = NULL, failures = failures + $4, waiting_for = $5
       WHERE ${IDENTITY} AND lease_holder = $3 AND ended_at IS NULL`,
      [id, isPreview, holder, interruption === 'failed' ? 1 : 0, waitingForOf(interruption) ?? null],
    );
  }

  override async end(task: RevertTask, endedAt: string, reason: string | undefined): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE upload_revert SET ended_at = $4, reason = $5, waiting_for = NULL WHERE ${IDENTITY} AND lease_holder = $3 AND ended_at IS NULL`,
      [task.id, task.isPreview, task.holder, endedAt, reason ?? null],
    );
    return rowCount === 1;
  }

  override async find({ id, isPreview, workspace, campaignId }: RevertIdentity): Promise<RevertRecord | undefined> {
    const [row] = await this.rows<RevertRow>(
      `SELECT ${COLUMNS} FROM upload_revert WHERE ${IDENTITY} AND workspace = $3 AND campaign_id = $4`,
      [id, isPreview, workspace, campaignId],
    );
    return row === undefined ? undefined : recordOf(row);
  }

  override async ofUploads(
    workspace: string,
    uploadIds: readonly string[],
  ): Promise<ReadonlyMap<string, UploadsRevert>> {
    if (uploadIds.length === 0) return new Map();
    const rows = await this.rows<RevertRow & { readonly is_partial: boolean }>(
      `SELECT ${COLUMNS}, ${leftBeside('<')} OR ${leftBeside('>')} AS is_partial FROM upload_revert
       WHERE workspace = $1 AND NOT is_preview AND upload_id = ANY ($2::uuid[])`,
      [workspace, binaryArray.uuid(uploadIds)],
    );
    return new Map(rows.map((row) => [row.id, { ...recordOf(row), isPartial: row.is_partial }]));
  }

  override async leftByReason({
    id,
    isPreview,
  }: RevertIdentity): Promise<Readonly<Partial<Record<LeftReason, number>>>> {
    const rows = await this.rows<{ readonly reason: LeftReason; readonly count: number }>(
      `SELECT reason, count(*)::float8 AS count FROM upload_revert_left WHERE ${IDENTITY} GROUP BY reason ORDER BY reason`,
      [id, isPreview],
    );
    return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
  }

  override async left(
    { id, isPreview }: RevertIdentity,
    limit: number,
    after?: LeftPlace,
  ): Promise<readonly LeftEntry[]> {
    return this.rows<LeftEntry & QueryResultRow>(
      `SELECT reason, row::float8 AS row, subject_id::text AS "subjectId", subject, fields FROM upload_revert_left
       WHERE ${IDENTITY} AND ($4::text IS NULL OR (reason, row, subject_id) > ($4, $5::bigint, $6::uuid))
       ORDER BY reason, upload_revert_left.row, subject_id LIMIT $3`,
      [
        id,
        isPreview,
        Math.min(limit, LEFT_PAGE_MAX),
        after?.reason ?? null,
        after?.row ?? null,
        after?.subjectId ?? null,
      ],
    );
  }

  private async rows<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }
}

/** Whether something was left alone but customers; two searches along the key, however much it was. */
function leftBeside(comparison: '<' | '>'): string {
  return `EXISTS (SELECT FROM upload_revert_left l WHERE l.upload_id = upload_revert.upload_id AND NOT l.is_preview
    AND l.reason ${comparison} 'customer_kept')`;
}

/** Names of fields have neither commas nor blanks, so a list of them travels as one text. */
const INSERT_LEFT = `INSERT INTO upload_revert_left (upload_id, is_preview, reason, row, subject_id, subject, fields)
  SELECT $1, $2, reason, row, subject_id, subject, string_to_array(fields, ',')
  FROM unnest($3::text[], $4::int8[], $5::uuid[], $6::text[], $7::text[]) AS entry (reason, row, subject_id, subject, fields)
  ON CONFLICT DO NOTHING`;

function leftParameters({ id, isPreview }: RevertTask, left: readonly LeftEntry[]): unknown[] {
  return [
    id,
    isPreview,
    binaryArray.text(left.map(({ reason }) => reason)),
    binaryArray.int8(left.map(({ row }) => row)),
    binaryArray.uuid(left.map(({ subjectId }) => subjectId)),
    binaryArray.text(left.map(({ subject }) => subject)),
    binaryArray.text(left.map(({ fields }) => fields.join(','))),
  ];
}

function recordOf(row: RevertRow): RevertRecord {
  const waitingFor = waitingForOf(row.waiting_for);
  return {
    id: row.id,
    isPreview: row.is_preview,
    workspace: row.workspace,
    campaignId: row.campaign_id,
    actor: row.actor,
    begunAt: row.begun_at.toISOString(),
    shard: row.shard,
    fromNumber: row.from_number,
    toNumber: row.to_number,
    progress: {
      atNumber: row.at_number,
      counts: {
        participantsDeleted: row.participants_deleted,
        participantsRestored: row.participants_restored,
        profilesRestored: row.profiles_restored,
        leftAlone: row.left_alone,
      },
    },
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at.toISOString() }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(waitingFor === undefined ? {} : { waitingFor }),
  };
}
