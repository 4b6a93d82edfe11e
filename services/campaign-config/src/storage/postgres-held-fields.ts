import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { type FilledFields, HeldFields } from './held-fields.js';

const OF_CAMPAIGN = `
  SELECT field_name AS name FROM held_field WHERE workspace = $1 AND campaign_id = $2 ORDER BY field_name COLLATE "C"`;

/** Sorted, so that two batches lock the rows in the same order. */
const FILL = `
  INSERT INTO held_field (campaign_id, workspace, field_name)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS filled (campaign_id, workspace, field_name)
  ORDER BY filled.campaign_id, filled.field_name
  ON CONFLICT DO NOTHING`;

export class PostgresHeldFields extends HeldFields<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async of(workspace: string, campaignId: string): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ readonly name: string }>(OF_CAMPAIGN, [workspace, campaignId]);
    return rows.map(({ name }) => name);
  }

  override fill(filled: readonly FilledFields[]): StateWrite<PoolClient> {
    const rows = filled.flatMap((each) => each.fields.map((name) => ({ ...each, name })));
    return async (transaction) => {
      if (rows.length === 0) return;
      await transaction.query(FILL, [
        rows.map(({ campaignId }) => campaignId),
        rows.map(({ workspace }) => workspace),
        rows.map(({ name }) => name),
      ]);
    };
  }
}
