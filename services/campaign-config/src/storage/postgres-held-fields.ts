import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { type AudienceChange, HeldFields } from './held-fields.js';

const OF_CAMPAIGN = `
  SELECT field_name AS name FROM held_field WHERE workspace = $1 AND campaign_id = $2 ORDER BY field_name COLLATE "C"`;

/** Sorted, so that two batches lock the rows in the same order. */
const COUNT = `
  INSERT INTO audience (campaign_id, workspace, living)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS change (campaign_id, workspace, living)
  ORDER BY change.campaign_id
  ON CONFLICT (campaign_id) DO UPDATE SET living = audience.living + excluded.living
  RETURNING campaign_id AS "campaignId", living::float8 AS living`;

const FILL = `
  INSERT INTO held_field (campaign_id, workspace, field_name)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS filled (campaign_id, workspace, field_name)
  ORDER BY filled.campaign_id, filled.field_name
  ON CONFLICT DO NOTHING`;

const EMPTY = `DELETE FROM held_field WHERE campaign_id = ANY($1::uuid[])`;

export class PostgresHeldFields extends HeldFields<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async of(workspace: string, campaignId: string): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ readonly name: string }>(OF_CAMPAIGN, [workspace, campaignId]);
    return rows.map(({ name }) => name);
  }

  override note(changes: readonly AudienceChange[]): StateWrite<PoolClient> {
    return async (transaction) => {
      if (changes.length === 0) return;
      const counted = await transaction.query<{ readonly campaignId: string; readonly living: number }>(COUNT, [
        changes.map(({ campaignId }) => campaignId),
        changes.map(({ workspace }) => workspace),
        changes.map(({ living }) => living),
      ]);
      const empty = new Set(counted.rows.filter(({ living }) => living <= 0).map(({ campaignId }) => campaignId));
      const filled = changes
        .filter(({ campaignId }) => !empty.has(campaignId))
        .flatMap((change) => change.fields.map((name) => ({ ...change, name })));
      if (filled.length > 0) {
        await transaction.query(FILL, [
          filled.map(({ campaignId }) => campaignId),
          filled.map(({ workspace }) => workspace),
          filled.map(({ name }) => name),
        ]);
      }
      if (empty.size > 0) await transaction.query(EMPTY, [[...empty]]);
    };
  }
}
