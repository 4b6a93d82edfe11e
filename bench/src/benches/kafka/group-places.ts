import type { Pool } from 'pg';

/** How far the log and the groups are at one moment. */
export interface Places {
  readonly at: number;
  readonly head: number;
  /** The place of each group up to which everything was handled, by its name. */
  readonly groups: ReadonlyMap<string, number>;
}

/** Asks the database of a cluster how far everybody is, in one statement over the schemas of all services. */
export async function placesQuery(pool: Pool): Promise<() => Promise<Places>> {
  const { rows: tables } = await pool.query<{ schema: string }>(
    `SELECT table_schema AS schema FROM information_schema.tables WHERE table_name = 'consumer_partition'`,
  );
  const groups = tables.map(
    ({ schema }) =>
      `SELECT group_name AS name, min(position)::int AS place FROM ${schema}.consumer_partition GROUP BY 1`,
  );
  const statement = [
    `SELECT '' AS name, coalesce(max(position), 0)::int AS place FROM event_log.events`,
    ...groups,
  ].join(' UNION ALL ');
  return async () => {
    const at = performance.now();
    const { rows } = await pool.query<{ name: string; place: number }>(statement);
    const places = new Map(rows.map(({ name, place }) => [name, place]));
    const head = places.get('') ?? 0;
    places.delete('');
    return { at, head, groups: places };
  };
}

/** The lags of all groups over all samples, in milliseconds: answers the one at a share of them, 0.99 for the 99th percentile. */
export function lags(samples: readonly Places[]): (share: number) => number {
  const sorted = samples.flatMap((_, index) => lagsOf(samples, index)).toSorted((one, other) => one - other);
  return (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** For each group at one sample: how long ago the log was seen for the first time further than the group is now. */
function lagsOf(samples: readonly Places[], index: number): readonly number[] {
  const now = samples[index];
  if (now === undefined) return [];
  return [...now.groups.values()].map((place) => {
    if (place >= now.head) return 0;
    const ahead = samples.find(({ head }) => head > place);
    return now.at - (ahead?.at ?? now.at);
  });
}
