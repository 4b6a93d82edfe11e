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

/** A row that is there already keeps the time of its creation, and its state where that is newer. */
const UPSERT = `
  INSERT INTO campaign AS known (id, workspace, name, description, kind, status, error, created_at, modified_at, deleted, revision)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::json[], $8::timestamptz[], $9::timestamptz[],
    $10::boolean[], $11::int[])
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, kind = excluded.kind,
    status = excluded.status, error = excluded.error, modified_at = excluded.modified_at,
    deleted = excluded.deleted, revision = excluded.revision
  WHERE known.revision < excluded.revision`;

export class PostgresCampaignView extends CampaignView<PoolClient> {
  constructor(private readonly prisma: PrismaClient) {
    super();
  }

  override write(changes: readonly CampaignChange[]): StateWrite<PoolClient> {
    return async (transaction) => {
      if (changes.length === 0) return;
      const rows = changes.map((change) => ({ ...change, ...change.campaign }));
      await transaction.query(UPSERT, [
        rows.map((change) => change.id),
        rows.map((change) => change.workspace),
        rows.map((change) => change.name),
        rows.map((change) => change.description),
        rows.map((change) => change.kind),
        rows.map((change) => change.status),
        rows.map(({ error }) => (error === undefined ? null : JSON.stringify(error))),
        rows.map((change) => change.createdAt ?? change.modifiedAt),
        rows.map((change) => change.modifiedAt),
        rows.map((change) => change.deleted),
        rows.map((change) => change.revision),
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
    const lines = rows.map(({ workspace: _, deleted: _d, revision: _r, createdAt, modifiedAt, error, ...line }) => ({
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
    deleted: false,
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
