import type { Pool } from 'pg';
import { RunningCampaigns } from './running-campaigns.js';

const OF_WORKSPACE = `SELECT campaign_id AS id FROM running_campaign WHERE workspace = $1 ORDER BY campaign_id`;
const ADD = `
  INSERT INTO running_campaign (campaign_id, workspace)
  SELECT id, $1::uuid FROM unnest($2::uuid[]) AS id ORDER BY id
  ON CONFLICT DO NOTHING`;
const REMOVE = `DELETE FROM running_campaign WHERE campaign_id = ANY($1::uuid[])`;

export class PostgresRunningCampaigns extends RunningCampaigns {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async of(workspace: string): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ readonly id: string }>(OF_WORKSPACE, [workspace]);
    return rows.map(({ id }) => id);
  }

  override async add(workspace: string, campaignIds: readonly string[]): Promise<void> {
    if (campaignIds.length > 0) await this.pool.query(ADD, [workspace, campaignIds]);
  }

  override async remove(campaignIds: readonly string[]): Promise<void> {
    if (campaignIds.length > 0) await this.pool.query(REMOVE, [campaignIds]);
  }
}
