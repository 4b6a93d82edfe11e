import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { PoolClient } from 'pg';
import { moveActivity } from '../analytics/postgres-activity-view.js';
import type { Counted } from '../counters/campaign-counter.js';
import { ADD_TO_COUNTERS } from '../counters/postgres-counter-view.js';
import type { FlowRunFacts } from './flow-run-facts.js';
import { type ParticipantPath, pathMoves } from './path-moves.js';
import { PathView } from './path-view.js';

/**
 * The offset keeps it a search in the index for each participant: asked for any of a thousand, PostgreSQL goes through all rows of a table
 * that it takes for small, as it takes one that grows.
 */
const READ = `
  SELECT known.participant_id AS "participantId", known.flow_id AS "flowId", known.trigger, known.path,
    known.position::float8 AS position
  FROM unnest($1::uuid[]) AS batch (id)
  CROSS JOIN LATERAL (SELECT * FROM participant_path WHERE participant_id = batch.id OFFSET 0) AS known`;

const WRITE = `
  INSERT INTO participant_path (participant_id, flow_id, trigger, path, position)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[])
  ON CONFLICT (participant_id, flow_id, trigger) DO UPDATE SET path = excluded.path, position = excluded.position`;

const COUNT = `
  WITH moved AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
      AS batch (workspace, campaign_id, measure, subject, state, detail, count)
  ) ${ADD_TO_COUNTERS}`;

/** Reads what it knows inside the transaction of the write: the partitions that it locks let nobody else write these people. */
export class PostgresPathView extends PathView<PoolClient> {
  override write(runs: readonly FlowRunFacts[]): StateWrite<PoolClient> {
    return async (transaction) => {
      const ids = binaryArray.uuid([...new Set(runs.map(({ participantId }) => participantId))]);
      const { rows: known } = await transaction.query<ParticipantPath>(READ, [ids]);
      const { paths, moves, visits } = pathMoves(known, runs);
      if (paths.length === 0) return;
      await transaction.query(WRITE, [
        binaryArray.uuid(paths.map(({ participantId }) => participantId)),
        binaryArray.text(paths.map(({ flowId }) => flowId)),
        binaryArray.text(paths.map(({ trigger }) => trigger)),
        binaryArray.text(paths.map(({ path }) => path)),
        binaryArray.int8(paths.map(({ position }) => position)),
      ]);
      await count(transaction, moves);
      await moveActivity(transaction, visits);
    };
  }
}

async function count(transaction: PoolClient, moves: readonly Counted[]): Promise<void> {
  await transaction.query(COUNT, [
    binaryArray.uuid(moves.map(({ workspace }) => workspace)),
    binaryArray.uuid(moves.map(({ campaignId }) => campaignId)),
    binaryArray.text(moves.map(({ measure }) => measure)),
    binaryArray.text(moves.map(({ subject }) => subject)),
    binaryArray.text(moves.map(({ state }) => state)),
    binaryArray.text(moves.map(({ detail }) => detail)),
    binaryArray.int8(moves.map((move) => move.count)),
  ]);
}
