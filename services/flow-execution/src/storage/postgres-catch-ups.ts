import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import type { CampaignStart } from '../domain/starts.js';
import { CatchUps, type CatchUpProgress, type LeasedCatchUp } from './catch-ups.js';

const ADD = `
  INSERT INTO catch_up (campaign_id, generation, workspace, started_number)
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::bigint[])
  ON CONFLICT DO NOTHING`;

const LEASE = `
  UPDATE catch_up SET lease_until = clock_timestamp() + $2 * interval '1 millisecond', lease_number = lease_number + 1
  WHERE (campaign_id, generation) = (
    SELECT campaign_id, generation FROM catch_up
    WHERE NOT finished AND started_number <= $1 AND (lease_until IS NULL OR lease_until < clock_timestamp())
    ORDER BY started_number LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING campaign_id AS "campaignId", generation, workspace, started_number::float8 AS number, total, lease_number AS "leaseNumber"`;

const PROGRESSED = `
  UPDATE catch_up SET total = $4, done = $5, finished = $6, lease_until = clock_timestamp() + $7 * interval '1 millisecond'
  WHERE campaign_id = $1 AND generation = $2 AND lease_number = $3`;

const OF_CAMPAIGN = `
  SELECT generation, total, done, finished FROM catch_up
  WHERE workspace = $1 AND campaign_id = $2 ORDER BY generation DESC LIMIT 100`;

export class PostgresCatchUps extends CatchUps<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override add(starts: readonly CampaignStart[]): StateWrite<PoolClient> {
    return async (transaction) => {
      if (starts.length === 0) return;
      await transaction.query(ADD, [
        starts.map((start) => start.campaignId),
        starts.map((start) => start.generation),
        starts.map((start) => start.workspace),
        starts.map((start) => start.number),
      ]);
    };
  }

  override async lease(upTo: number, leaseMs: number): Promise<LeasedCatchUp | undefined> {
    const { rows } = await this.pool.query<Omit<LeasedCatchUp, 'total'> & { readonly total: number | null }>(LEASE, [
      upTo,
      leaseMs,
    ]);
    const [row] = rows;
    if (row === undefined) return undefined;
    const { total, ...held } = row;
    return total === null ? held : { ...held, total };
  }

  override async progressed(
    held: LeasedCatchUp,
    progress: { readonly total: number; readonly done: number; readonly finished: boolean },
    leaseMs: number,
  ): Promise<boolean> {
    const { campaignId, generation, leaseNumber } = held;
    const { total, done, finished } = progress;
    const { rowCount } = await this.pool.query(PROGRESSED, [
      campaignId,
      generation,
      leaseNumber,
      total,
      done,
      finished,
      leaseMs,
    ]);
    return rowCount === 1;
  }

  override async of(workspace: string, campaignId: string): Promise<readonly CatchUpProgress[]> {
    const { rows } = await this.pool.query<CatchUpProgress & { readonly total: number | null }>(OF_CAMPAIGN, [
      workspace,
      campaignId,
    ]);
    return rows.map(({ total, ...row }) => ({ ...row, ...(total === null ? {} : { total }) }));
  }
}
