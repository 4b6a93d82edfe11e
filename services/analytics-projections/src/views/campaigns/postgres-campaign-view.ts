import type { campaign as contract } from '@poinciana/contracts';
import type { StateWrite } from '@poinciana/messaging';
import type { PoolClient } from 'pg';
import type { PrismaClient } from '../../storage/prisma-client/client.js';
import type { CampaignRowWhereInput } from '../../storage/prisma-client/models.js';
import { literalPattern } from '../../storage/like-pattern.js';
import { type Page, TOTAL_EXACT_MAX } from '../page.js';
import type { CampaignChange } from './campaign-changes.js';
import { type CampaignLine, type CampaignQuery, CampaignView } from './campaign-view.js';

const COLUMNS = { modified: 'modifiedAt', created: 'createdAt' } as const;

/** A row that is there already keeps the time of its creation. */
const UPSERT = `
  INSERT INTO campaign (id, workspace, name, description, kind, status, error, created_at, modified_at)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::json[], $8::timestamptz[], $9::timestamptz[])
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, kind = excluded.kind,
    status = excluded.status, error = excluded.error, modified_at = excluded.modified_at`;

export class PostgresCampaignView extends CampaignView<PoolClient> {
  constructor(private readonly prisma: PrismaClient) {
    super();
  }

  override write(changes: readonly CampaignChange[]): StateWrite<PoolClient> {
    return async (transaction) => {
      const deleted = changes.filter((change) => change.campaign === undefined).map((change) => change.id);
      if (deleted.length > 0) await transaction.query('DELETE FROM campaign WHERE id = ANY($1::uuid[])', [deleted]);
      const living = changes.flatMap((change) =>
        change.campaign === undefined ? [] : [{ ...change, ...change.campaign }],
      );
      if (living.length === 0) return;
      await transaction.query(UPSERT, [
        living.map((change) => change.id),
        living.map((change) => change.workspace),
        living.map((change) => change.name),
        living.map((change) => change.description),
        living.map((change) => change.kind),
        living.map((change) => change.status),
        living.map(({ error }) => (error === undefined ? null : JSON.stringify(error))),
        living.map((change) => change.createdAt ?? change.modifiedAt),
        living.map((change) => change.modifiedAt),
      ]);
    };
  }

  override async list(query: CampaignQuery): Promise<Page<CampaignLine>> {
    const column = COLUMNS[query.sort];
    const matching = matches(query);
    const [rows, counted] = await Promise.all([
      this.prisma.campaignRow.findMany({
        where: { AND: [matching, afterCursor(query)] },
        orderBy: [{ [column]: query.direction }, { id: query.direction }],
        take: query.limit,
      }),
      this.prisma.campaignRow.findMany({ where: matching, select: { id: true }, take: TOTAL_EXACT_MAX + 1 }),
    ]);
    const lines = rows.map(({ workspace: _, createdAt, modifiedAt, error, ...line }) => ({
      ...line,
      ...errorOf(error),
      createdAt: createdAt.toISOString(),
      modifiedAt: modifiedAt.toISOString(),
    }));
    // A workspace with more campaigns than are counted is told so.
    return { lines, total: counted.length, isTotalEstimated: counted.length > TOTAL_EXACT_MAX };
  }
}

/** The column holds what `UPSERT` wrote. */
function errorOf(stored: unknown): Pick<CampaignLine, 'error'> {
  return stored === null ? {} : { error: stored as contract.CampaignError };
}

function matches({ workspace, text, statuses }: CampaignQuery): CampaignRowWhereInput {
  const contains = { contains: literalPattern(text ?? ''), mode: 'insensitive' } as const;
  return {
    workspace,
    ...(statuses === undefined ? {} : { status: { in: [...statuses] } }),
    ...(text === undefined ? {} : { OR: [{ name: contains }, { description: contains }] }),
  };
}

function afterCursor({ after, sort, direction }: CampaignQuery): CampaignRowWhereInput {
  if (after === undefined) return {};
  const beyond = direction === 'asc' ? 'gt' : 'lt';
  const column = COLUMNS[sort];
  return {
    OR: [{ [column]: { [beyond]: after.value } }, { [column]: after.value, id: { [beyond]: after.id } }],
  };
}
