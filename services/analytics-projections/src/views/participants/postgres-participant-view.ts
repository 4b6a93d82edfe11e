import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { literalPattern } from '../../storage/like-pattern.js';
import { type Page, TOTAL_EXACT_MAX } from '../page.js';
import type { ParticipantChange } from './participant-changes.js';
import {
  type ParticipantFilter,
  type ParticipantLine,
  type ParticipantQuery,
  type ParticipantSort,
  ParticipantView,
} from './participant-view.js';
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

type Row = Omit<ParticipantLine, 'createdAt' | 'updatedAt'> & { readonly createdAt: Date; readonly updatedAt: Date };

export class PostgresParticipantView extends ParticipantView<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override write(changes: readonly ParticipantChange[]): StateWrite<PoolClient> {
    return (transaction) => writeParticipants(transaction, changes);
  }

  override async list(query: ParticipantQuery): Promise<Page<ParticipantLine>> {
    const { sort, direction, after, limit } = query;
    const column = COLUMNS[sort];
    const matching = new Condition(query);
    const total = `SELECT count(*)::int AS total FROM (SELECT FROM participant WHERE ${matching.sql} LIMIT ${TOTAL_EXACT_MAX}) AS matching`;
    const counting = this.pool.query<{ total: number }>(total, [...matching.values]);
    if (after !== undefined) matching.addEnd(column, direction === 'asc' ? '>' : '<', after.value, after.id);
    const page = `SELECT ${LINE} FROM participant WHERE ${matching.sql} ORDER BY ${column} ${direction}, id ${direction} LIMIT ${limit}`;
    const [{ rows }, counted] = await Promise.all([this.pool.query<Row>(page, matching.values), counting]);
    return { lines: rows.map(lineOf), total: counted.rows[0]?.total ?? 0 };
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

/** The WHERE of a filter, with its values. */
class Condition {
  readonly values: string[] = [];
  private readonly parts: string[] = [];

  constructor(filter: ParticipantFilter) {
    const { workspace, campaignId, text, email, phone, externalId, uploadId, createdFrom, createdBefore } = filter;
    this.add('campaign_id = $', campaignId);
    this.add('workspace = $', workspace);
    this.parts.push('NOT deleted');
    const anywhere = text === undefined ? undefined : `%${literalPattern(text)}%`;
    this.add('(name LIKE $ OR email LIKE $ OR phone LIKE $ OR external_id LIKE $)', anywhere);
    this.add('email LIKE $', beginning(email));
    this.add('phone LIKE $', beginning(phone));
    this.add('external_id LIKE $', beginning(externalId));
    this.add('upload_ids @> ARRAY[$::uuid]', uploadId);
    this.add('created_at >= $', createdFrom);
    this.add('created_at < $', createdBefore);
  }

  get sql(): string {
    return this.parts.join(' AND ');
  }

  addEnd(column: string, beyond: '>' | '<', value: string, id: string): void {
    this.values.push(value, id);
    this.parts.push(`(${column}, id) ${beyond} ($${this.values.length - 1}, $${this.values.length})`);
  }

  /** Every $ of a part is the same value. */
  private add(part: string, value: string | undefined): void {
    if (value === undefined) return;
    this.values.push(value);
    this.parts.push(part.replaceAll('$', `$$${this.values.length}`));
  }
}

function beginning(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${literalPattern(text)}%`;
}
