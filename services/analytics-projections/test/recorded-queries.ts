import type { Pool, PoolClient } from 'pg';

/** A statement that was run, and the tables that PostgreSQL looks through from end to end for it. */
export interface PlannedQuery {
  readonly sql: string;
  readonly scanned: readonly string[];
}

export interface RecordedQueries {
  /** The plans of everything that some work reads. */
  plansOf(work: () => Promise<unknown>): Promise<readonly PlannedQuery[]>;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

interface Statement {
  readonly sql: string;
  readonly values: unknown[];
}

/** Listens to what the connections of a pool are asked from now on. */
export function recordedQueries(pool: Pool): RecordedQueries {
  const seen: Statement[] = [];
  let isListening = false;
  pool.on('acquire', (client) => listen(client, (statement) => isListening && seen.push(statement)));
  return {
    plansOf: async (work) => {
      seen.length = 0;
      isListening = true;
      try {
        await work();
      } finally {
        isListening = false;
      }
      const reads = seen.filter(({ sql }) => /^\s*(SELECT|WITH)/.test(sql));
      return Promise.all(reads.map((statement) => planned(pool, statement)));
    },
  };
}

const heard = new WeakSet<PoolClient>();

function listen(client: PoolClient, hear: (statement: Statement) => void): void {
  if (heard.has(client)) return;
  heard.add(client);
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  const listening = (...parameters: unknown[]) => {
    const [sql, values] = parameters;
    if (typeof sql === 'string') hear({ sql, values: Array.isArray(values) ? [...(values as unknown[])] : [] });
    return query(...parameters);
  };
  Object.assign(client, { query: listening });
}

async function planned(pool: Pool, { sql, values }: Statement): Promise<PlannedQuery> {
  const { rows } = await pool.query<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(
    `EXPLAIN (FORMAT JSON) ${sql}`,
    values,
  );
  return { sql, scanned: rows.flatMap((row) => scannedBy(row['QUERY PLAN'][0].Plan)) };
}

function scannedBy(node: PlanNode): readonly string[] {
  const own = node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? ''] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scannedBy)];
}
