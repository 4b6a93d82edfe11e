import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { FailedCommunications, type FailedCommunication, type FailedPageRequest } from './failed-communications.js';

const PUT = `
INSERT INTO failed_communication (communication_id, workspace, campaign_id, code)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) ON CONFLICT DO NOTHING`;
const REMOVE = 'DELETE FROM failed_communication WHERE communication_id = ANY($1::uuid[])';
const COUNTS = `
SELECT code, count(*)::int AS count FROM failed_communication WHERE workspace = $1 AND campaign_id = $2 GROUP BY code ORDER BY code`;
const PAGE = `
SELECT communication_id AS "communicationId", workspace, campaign_id AS "campaignId", code FROM failed_communication
WHERE workspace = $1 AND campaign_id = $2 AND code = ANY($3::text[]) AND ($4::uuid IS NULL OR communication_id > $4)
ORDER BY communication_id LIMIT $5`;

export class PostgresFailedCommunications extends FailedCommunications<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override put(failed: readonly FailedCommunication[]): StateWrite<PoolClient> {
    const values = [
      binaryArray.uuid(failed.map(({ communicationId }) => communicationId)),
      binaryArray.uuid(failed.map(({ workspace }) => workspace)),
      binaryArray.uuid(failed.map(({ campaignId }) => campaignId)),
      binaryArray.text(failed.map(({ code }) => code)),
    ];
    return async (transaction) => void (await transaction.query(PUT, values));
  }

  override async remove(communicationIds: readonly string[]): Promise<void> {
    await this.run(REMOVE, [binaryArray.uuid(communicationIds)]);
  }

  override async countsOf(workspace: string, campaignId: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.run<{ readonly code: string; readonly count: number }>(COUNTS, [workspace, campaignId]);
    return new Map(rows.map(({ code, count }) => [code, count]));
  }

  override page({ workspace, campaignId, codes, after, limit }: FailedPageRequest) {
    return this.run<FailedCommunication>(PAGE, [workspace, campaignId, binaryArray.text(codes), after ?? null, limit]);
  }

  private async run<Row extends object>(text: string, values: unknown[]): Promise<readonly Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }
}
