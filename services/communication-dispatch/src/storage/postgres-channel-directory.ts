import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { ChannelDirectory, NO_COUNTS, type ChannelCounts, type ChannelPlace } from './channel-directory.js';

const PUT =
  'INSERT INTO channel (channel_id, workspace, type) SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) ON CONFLICT DO NOTHING';
const FIND = 'SELECT channel_id AS "channelId", workspace, type FROM channel WHERE channel_id = $1';
const OF_TYPES = `
SELECT channel_id AS "channelId", workspace, type FROM channel
WHERE type = ANY($1::text[]) AND ($2::uuid IS NULL OR channel_id > $2) ORDER BY channel_id LIMIT $3`;
const COUNT = `
INSERT INTO channel_count AS old (channel_id, accepted, failed, unknown, delayed)
SELECT * FROM unnest($1::uuid[], $2::int8[], $3::int8[], $4::int8[], $5::int8[])
ON CONFLICT (channel_id) DO UPDATE SET accepted = old.accepted + excluded.accepted, failed = old.failed + excluded.failed,
  unknown = old.unknown + excluded.unknown, delayed = old.delayed + excluded.delayed`;
const COUNTS = `
SELECT accepted::float8 AS accepted, failed::float8 AS failed, unknown::float8 AS unknown, delayed::float8 AS delayed
FROM channel_count WHERE channel_id = $1`;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export class PostgresChannelDirectory extends ChannelDirectory<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override put(places: readonly ChannelPlace[]): StateWrite<PoolClient> {
    const ids = binaryArray.uuid(places.map(({ channelId }) => channelId));
    const workspaces = binaryArray.uuid(places.map(({ workspace }) => workspace));
    const types = binaryArray.text(places.map(({ type }) => type));
    return async (transaction) => void (await transaction.query(PUT, [ids, workspaces, types]));
  }

  override async find(channelId: string): Promise<ChannelPlace | undefined> {
    if (!UUID.test(channelId)) return undefined;
    return (await this.run<ChannelPlace>(FIND, channelId))[0];
  }

  override ofTypes(
    types: readonly string[],
    after: string | undefined,
    limit: number,
  ): Promise<readonly ChannelPlace[]> {
    return this.run<ChannelPlace>(OF_TYPES, binaryArray.text(types), after ?? null, limit);
  }

  override count(added: ReadonlyMap<string, ChannelCounts>): StateWrite<PoolClient> {
    const sorted = [...added].sort(([one], [other]) => (one < other ? -1 : 1));
    const counts = sorted.map(([, each]) => each);
    const values = [
      binaryArray.uuid(sorted.map(([channelId]) => channelId)),
      binaryArray.int8(counts.map(({ accepted }) => accepted)),
      binaryArray.int8(counts.map(({ failed }) => failed)),
      binaryArray.int8(counts.map(({ unknown }) => unknown)),
      binaryArray.int8(counts.map(({ delayed }) => delayed)),
    ];
    return async (transaction) => void (await transaction.query(COUNT, values));
  }

  override async countsOf(channelId: string): Promise<ChannelCounts> {
    return (await this.run<ChannelCounts>(COUNTS, channelId))[0] ?? NO_COUNTS;
  }

  private async run<Row extends object>(text: string, ...values: readonly unknown[]): Promise<readonly Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }
}
