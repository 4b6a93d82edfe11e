import type { Pool } from 'pg';
import type { Counted } from './campaign-counter.js';
import { CounterView } from './counter-view.js';

const READ = `
  SELECT campaign_id AS "campaignId", measure, subject, state, detail, workspace, count::float8 AS count
  FROM campaign_counter WHERE workspace = $1 AND campaign_id = $2 AND count <> 0`;

/** Puts moves of counters (workspace, campaign_id, measure, subject, state, detail, count) into effect, always in the same order of rows. */
export const ADD_TO_COUNTERS = `
  INSERT INTO campaign_counter AS known (workspace, campaign_id, measure, subject, state, detail, count)
  SELECT workspace, campaign_id, measure, subject, state, detail, sum(count) FROM moved
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(count) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (workspace, campaign_id, measure, subject, state, detail) DO UPDATE SET count = known.count + excluded.count`;

export class PostgresCounterView extends CounterView {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async of(workspace: string, campaignId: string): Promise<readonly Counted[]> {
    const { rows } = await this.pool.query<Counted>(READ, [workspace, campaignId]);
    return rows;
  }
}
