import { DomainError } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { literalPattern } from '../../storage/like-pattern.js';
import { countedTotal, withinListTime } from '../../storage/counted-total.js';
import { CAMPAIGNS_OF_WORKSPACE } from '../campaigns/campaigns-of-workspace.js';
import type { Page } from '../page.js';
import type { ParticipantChange } from './participant-changes.js';
import {
  type CustomerQuery,
  type ParticipantLine,
  type ParticipantQuery,
  type ParticipantSort,
  ParticipantView,
} from './participant-view.js';
import { participantWhere } from './participant-where.js';
import { CAMPAIGNS_OF, customersFrom } from './postgres-customers.js';
import type { SearchedIdentity } from './searched-identity.js';
import { writeParticipants } from './postgres-participant-write.js';

const COLUMNS: Readonly<Record<ParticipantSort, string>> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  name: 'name',
  email: 'email',
  phone: 'phone',
  externalId: 'external_id',
};

const LINE = `id, campaign_id AS "campaignId", customer_id AS "customerId", object_id AS "objectId", life, time_zone AS "timeZone",
  "values", upload_ids AS "uploadIds", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** The first of each key of each campaign: ranges of the indexes that the lists have anyway. The phone's digits are $4. */
const SEARCH = `
  SELECT DISTINCT ON (id) ${LINE}
  FROM (${CAMPAIGNS_OF_WORKSPACE}) AS campaigns
  CROSS JOIN LATERAL (
    ${Object.entries({ name: '$2', email: '$2', phone: '$4', external_id: '$2' })
      .map(
        ([key, beginning]) =>
          `(SELECT * FROM participant WHERE campaign_id = own AND workspace = $1 AND NOT deleted AND ${key} LIKE ${beginning} ORDER BY ${key}, id LIMIT $3)`,
      )
      .join(' UNION ALL ')}
  ) AS found ORDER BY id LIMIT $3`;

type Row = Omit<ParticipantLine, 'createdAt' | 'updatedAt'> & { readonly createdAt: Date; readonly updatedAt: Date };

export class PostgresParticipantView extends ParticipantView<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override write(changes: readonly ParticipantChange[]): StateWrite<PoolClient> {
    return (transaction) => writeParticipants(transaction, changes);
  }

  override list(query: ParticipantQuery): Promise<Page<ParticipantLine>> {
    const { sort, direction, after, limit } = query;
    const column = COLUMNS[sort];
    const all = participantWhere(query);
    const rest = participantWhere(query).addEnd(column, direction, after);
    const page = `SELECT ${LINE} FROM participant WHERE ${rest.sql} ORDER BY ${column} ${direction}, id ${direction} LIMIT ${limit}`;
    return withinListTime(
      this.pool,
      async (client) => {
        const { rows } = await client.query<Row>(page, rest.values);
        const total = await countedTotal(client, `FROM participant WHERE ${all.sql}`, all.values);
        return { ...total, lines: rows.map(lineOf) };
      },
      () => tooSlow(query),
    );
  }

  override async search(
    workspace: string,
    { text, phone }: SearchedIdentity,
    limit: number,
  ): Promise<readonly ParticipantLine[]> {
    const [texts, phones] = [text, phone].map((beginning) => `${literalPattern(beginning)}%`);
    const { rows } = await this.pool.query<Row>(SEARCH, [workspace, texts, limit, phones]);
    return rows.map(lineOf);
  }

  override customers(query: CustomerQuery): Promise<Page<ParticipantLine>> {
    const all = customersFrom(query);
    const first = customersFrom({ ...query, page: query });
    return withinListTime(
      this.pool,
      async (client) => {
        const { rows } = await client.query<Row>(`SELECT ${LINE} ${first.sql}`, [...first.values]);
        return { ...(await countedTotal(client, all.sql, all.values, all.estimated)), lines: rows.map(lineOf) };
      },
      () => new DomainError('filter_too_slow', 'The list took too long to search; type more of a name or a number'),
    );
  }

  override async campaignsOf(workspace: string, customerIds: readonly string[]) {
    const { rows } = await this.pool.query<{ id: string; campaigns: readonly string[] }>(CAMPAIGNS_OF, [
      workspace,
      customerIds,
    ]);
    return new Map(rows.map(({ id, campaigns }) => [id, campaigns]));
  }

  override async ofCustomer(workspace: string, customerId: string, limit: number): Promise<readonly ParticipantLine[]> {
    const own = `SELECT ${LINE} FROM participant WHERE customer_id = $2 AND workspace = $1 AND NOT deleted ORDER BY created_at DESC, id DESC LIMIT $3`;
    return (await this.pool.query<Row>(own, [workspace, customerId, limit])).rows.map(lineOf);
  }

  override async find(workspace: string, ids: readonly string[]): Promise<readonly ParticipantLine[]> {
    const found = `SELECT ${LINE} FROM participant WHERE id = ANY($1::uuid[]) AND workspace = $2 AND NOT deleted`;
    const { rows } = await this.pool.query<Row>(found, [ids, workspace]);
    return rows.map(lineOf);
  }
}

function lineOf({ createdAt, updatedAt, ...line }: Row): ParticipantLine {
  return { ...line, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** Says which fields want an index, and how they get one. */
function tooSlow({ conditions = [], part, statuses }: ParticipantQuery): DomainError {
  const fields = [...new Set(conditions.map(({ field }) => field))];
  const advice =
    fields.length > 0
      ? `ask for an index on ${fields.join(', ')} with PUT field-indexes/<field> of the campaign`
      : part !== undefined || statuses !== undefined
        ? 'filter by the beginning of a name, an email, a phone number or an external ID'
        : 'ask for a smaller part of it';
  return new DomainError('filter_too_slow', `The list took too long to search; ${advice}`, 'invalid', { fields });
}
