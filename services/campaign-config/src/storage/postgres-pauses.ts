import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import type { Gone, PauseChanges, PlannedCommunication, WaitingParticipant } from '../domain/pause-changes.js';
import { type PauseCounts, type PauseQuery, Pauses } from './pauses.js';

const COUNTS = `
  SELECT count(*)::float8 AS people,
         (count(*) FILTER (WHERE created))::float8 AS "participantsCreated",
         (count(*) FILTER (WHERE ended))::float8 AS "communicationsEnded",
         (SELECT count(*) FROM planned_communication
          WHERE workspace = $1 AND campaign_id = $2 AND window_end <= $4)::float8 AS "communicationsOverdue"
  FROM waiting_participant WHERE workspace = $1 AND campaign_id = $2 AND generation = $3`;

const PLANNED = `
  SELECT count(*)::float8 AS planned FROM planned_communication WHERE workspace = $1 AND campaign_id = $2`;

const FORGET_PARTICIPANTS = `
  DELETE FROM waiting_participant WHERE campaign_id = ANY($1::uuid[]) AND participant_id = ANY($2::uuid[])`;
const FORGET_COMMUNICATIONS = `
  DELETE FROM planned_communication WHERE campaign_id = ANY($1::uuid[]) AND communication_id = ANY($2::uuid[])`;

/** Sorted, so that two batches lock the rows in the same order. */
const WAIT = `
  INSERT INTO waiting_participant AS known (participant_id, campaign_id, workspace, generation, created, ended)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int4[], $5::bool[], $6::bool[])
    AS told (participant_id, campaign_id, workspace, generation, created, ended)
  ORDER BY told.campaign_id, told.participant_id
  ON CONFLICT (campaign_id, participant_id) DO UPDATE SET generation = excluded.generation,
    created = excluded.created OR (known.created AND known.generation = excluded.generation),
    ended = excluded.ended OR (known.ended AND known.generation = excluded.generation)
  WHERE known.generation <= excluded.generation`;

const PLAN = `
  INSERT INTO planned_communication (communication_id, campaign_id, workspace, window_end)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
    AS told (communication_id, campaign_id, workspace, window_end)
  ORDER BY told.campaign_id, told.communication_id
  ON CONFLICT (campaign_id, communication_id) DO UPDATE SET window_end = excluded.window_end`;

export class PostgresPauses extends Pauses<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async counts({ workspace, campaignId, generation, now }: PauseQuery): Promise<PauseCounts> {
    const { rows } = await this.pool.query<PauseCounts>(COUNTS, [workspace, campaignId, generation, now]);
    const [counts] = rows;
    if (counts === undefined) throw new Error('A count answers one row');
    return counts;
  }

  override async planned(workspace: string, campaignId: string): Promise<number> {
    const { rows } = await this.pool.query<{ readonly planned: number }>(PLANNED, [workspace, campaignId]);
    return rows[0]?.planned ?? 0;
  }

  override write({ deleted, waiting, planned, settled }: PauseChanges): StateWrite<PoolClient> {
    return async (transaction) => {
      if (deleted.length > 0) await transaction.query(FORGET_PARTICIPANTS, goneColumns(deleted));
      if (waiting.length > 0) await transaction.query(WAIT, waitingColumns(waiting));
      if (planned.length > 0) await transaction.query(PLAN, plannedColumns(planned));
      if (settled.length > 0) await transaction.query(FORGET_COMMUNICATIONS, goneColumns(settled));
    };
  }
}

function goneColumns(gone: readonly Gone[]): Buffer[] {
  const campaigns = new Set(gone.map(({ campaignId }) => campaignId));
  return [binaryArray.uuid([...campaigns]), binaryArray.uuid(gone.map(({ id }) => id))];
}

function waitingColumns(rows: readonly WaitingParticipant[]): Buffer[] {
  return [
    binaryArray.uuid(rows.map(({ participantId }) => participantId)),
    binaryArray.uuid(rows.map(({ campaignId }) => campaignId)),
    binaryArray.uuid(rows.map(({ workspace }) => workspace)),
    binaryArray.int4(rows.map(({ generation }) => generation)),
    binaryArray.bool(rows.map(({ created }) => created)),
    binaryArray.bool(rows.map(({ ended }) => ended)),
  ];
}

function plannedColumns(rows: readonly PlannedCommunication[]): Buffer[] {
  return [
    binaryArray.uuid(rows.map(({ communicationId }) => communicationId)),
    binaryArray.uuid(rows.map(({ campaignId }) => campaignId)),
    binaryArray.uuid(rows.map(({ workspace }) => workspace)),
    binaryArray.timestamptz(rows.map(({ windowEnd }) => windowEnd)),
  ];
}
