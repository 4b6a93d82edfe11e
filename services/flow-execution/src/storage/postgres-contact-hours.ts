import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { type ContactHour, type WorkspaceSignals, summedHours } from '../domain/contact-hours.js';
import { ContactHours, signalsOf } from './contact-hours.js';

const ADD = `
  INSERT INTO contact_hour AS known (workspace, channel_type, day, hour, count)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::date[], $4::int2[], $5::int8[])
  ON CONFLICT (workspace, channel_type, day, hour) DO UPDATE SET count = known.count + excluded.count`;

const OF_WORKSPACE = `
  SELECT channel_type AS "channelType", hour, sum(count)::float8 AS count FROM contact_hour
  WHERE workspace = $1 AND day >= $2 GROUP BY channel_type, hour`;

export class PostgresContactHours extends ContactHours<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override add(hours: readonly ContactHour[]): StateWrite<PoolClient> {
    return async (transaction) => {
      if (hours.length === 0) return;
      const rows = summedHours(hours);
      await transaction.query(ADD, [
        rows.map(({ workspace }) => workspace),
        rows.map(({ channelType }) => channelType),
        rows.map(({ day }) => day),
        rows.map(({ hour }) => hour),
        rows.map(({ count }) => count),
      ]);
    };
  }

  override async of(workspace: string, firstDay: string): Promise<WorkspaceSignals> {
    const { rows } = await this.pool.query<ContactHour>(OF_WORKSPACE, [workspace, firstDay]);
    return signalsOf(rows);
  }
}
