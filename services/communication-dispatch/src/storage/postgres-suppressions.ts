import { binaryArray } from '@poinciana/database';
import type { Pool } from 'pg';
import { suppressionKeyOf, Suppressions, type SuppressionKey, type SuppressionRow } from './suppressions.js';

const PUT = `
INSERT INTO suppression AS old (channel_id, customer_id, workspace, revision, is_suppressed) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (channel_id, customer_id) DO UPDATE SET revision = excluded.revision, is_suppressed = excluded.is_suppressed
WHERE old.revision < excluded.revision`;
const AMONG = `
SELECT suppression.channel_id AS "channelId", suppression.customer_id AS "customerId"
FROM unnest($1::uuid[], $2::uuid[]) AS asked (channel_id, customer_id)
JOIN suppression USING (channel_id, customer_id) WHERE is_suppressed`;
const OF_CUSTOMER = `
SELECT channel_id AS "channelId", customer_id AS "customerId" FROM suppression
WHERE workspace = $1 AND customer_id = $2 AND is_suppressed ORDER BY channel_id`;
const OF_CHANNEL = `
SELECT channel_id AS "channelId", customer_id AS "customerId" FROM suppression
WHERE workspace = $1 AND channel_id = $2 AND is_suppressed AND ($3::uuid IS NULL OR customer_id > $3) ORDER BY customer_id LIMIT $4`;

export class PostgresSuppressions extends Suppressions {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async put({ channelId, customerId, workspace, revision, isSuppressed }: SuppressionRow): Promise<void> {
    await this.run('dispatch-suppression', PUT, [channelId, customerId, workspace, revision, isSuppressed]);
  }

  override async among(keys: readonly SuppressionKey[]): Promise<ReadonlySet<string>> {
    if (keys.length === 0) return new Set();
    const rows = await this.run('dispatch-suppressed', AMONG, [
      binaryArray.uuid(keys.map(({ channelId }) => channelId)),
      binaryArray.uuid(keys.map(({ customerId }) => customerId)),
    ]);
    return new Set(rows.map(suppressionKeyOf));
  }

  override ofCustomer(workspace: string, customerId: string): Promise<readonly SuppressionKey[]> {
    return this.run('dispatch-suppressions-of', OF_CUSTOMER, [workspace, customerId]);
  }

  override ofChannel(workspace: string, channelId: string, after: string | undefined, limit: number) {
    return this.run('dispatch-suppressions-on', OF_CHANNEL, [workspace, channelId, after ?? null, limit]);
  }

  private async run(name: string, text: string, values: unknown[]): Promise<readonly SuppressionKey[]> {
    return (await this.pool.query<SuppressionKey>({ name, text, values })).rows;
  }
}
