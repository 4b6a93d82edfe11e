import { createHash } from 'node:crypto';
import { withStatementTime } from '@poinciana/database';
import { DomainError } from '@poinciana/event-sourcing';
import type { FieldType } from '@poinciana/campaign-definition';
import type { Pool } from 'pg';
import { indexedExpression } from './filters/field-condition-sql.js';

/** Every index is work for each row that is written, so there are few. */
export const FIELD_INDEXES_MAX = 5;

export type FieldIndexState = 'none' | 'building' | 'ready';

export interface FieldIndex {
  readonly field: string;
  readonly state: FieldIndexState;
}

/** Indexes on fields of one campaign, made when somebody asks. A rebuild makes them again. */
export class FieldIndexes {
  /** Those that this process builds. */
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(private readonly pool: Pool) {}

  /** How the indexes on these fields are. */
  async list(campaignId: string, fields: readonly string[]): Promise<readonly FieldIndex[]> {
    const names = fields.map((field) => indexName(campaignId, field));
    const { rows } = await this.pool.query<{ name: string; valid: boolean }>(
      `SELECT c.relname AS name, i.indisvalid AS valid FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
       WHERE c.relname = ANY($1::text[]) AND i.indrelid = 'participant'::regclass`,
      [names],
    );
    const known = new Map(rows.map(({ name, valid }) => [name, valid]));
    return fields.map((field, at) => ({ field, state: this.stateOf(names[at] ?? '', known) }));
  }

  private stateOf(name: string, known: ReadonlyMap<string, boolean>): FieldIndexState {
    if (this.underWay.has(name)) return 'building';
    return known.get(name) === true ? 'ready' : 'none';
  }

  /** Begins to build an index, without holding up writers. What a broken attempt left is taken away first. */
  async build(campaignId: string, field: string, type: FieldType, fields: readonly string[]): Promise<FieldIndex> {
    const known = await this.list(campaignId, fields);
    const state = known.find((index) => index.field === field)?.state ?? 'none';
    if (state !== 'none') return { field, state };
    if (known.filter((index) => index.state !== 'none').length >= FIELD_INDEXES_MAX)
      throw new DomainError(
        'too_many_field_indexes',
        `A campaign has at most ${FIELD_INDEXES_MAX} indexes on fields`,
        'conflict',
      );
    const name = indexName(campaignId, field);
    const expression = indexedExpression(field, type);
    const building = this.run([
      ...taken(name),
      `CREATE INDEX CONCURRENTLY ${name} ON participant (${expression}, id) WHERE campaign_id = '${uuid(campaignId)}' AND NOT deleted`,
      // Until it is known how often each value comes, a list would rather be walked through than looked up; and what an index on a
      // part of the table knows of that is not asked (PostgreSQL's `examine_variable`).
      `CREATE STATISTICS ${name} ON ${expression} FROM participant`,
      'ANALYZE participant',
    ]).finally(() => this.underWay.delete(name));
    this.underWay.set(name, building);
    // Whoever asks next sees that there is none, and may ask again.
    building.catch(() => undefined);
    return { field, state: 'building' };
  }

  async drop(campaignId: string, field: string): Promise<void> {
    await this.run(taken(indexName(campaignId, field)));
  }

  /** Ends with the last one that is being built. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.underWay.values());
  }

  /** Outside of any transaction, on a connection of its own with all the time that it takes. */
  private async run(statements: readonly string[]): Promise<void> {
    await withStatementTime(this.pool, 0, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  }
}

function indexName(campaignId: string, field: string): string {
  return `field_${createHash('sha256').update(`${campaignId} ${field}`).digest('hex').slice(0, 40)}`;
}

/** What takes an index away, and what is known for it. */
function taken(name: string): readonly string[] {
  return [`DROP STATISTICS IF EXISTS ${name}`, `DROP INDEX CONCURRENTLY IF EXISTS ${name}`];
}

function uuid(text: string): string {
  if (!/^[0-9a-f-]{36}$/.test(text)) throw new RangeError('Not a UUID');
  return text;
}
