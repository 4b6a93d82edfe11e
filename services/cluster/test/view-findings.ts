import type { communication as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';

const VIEWS = 'analytics_projections';

/** The rows of the views are the last events of their streams, and the counters are the sums over those: nothing was applied twice. */
export async function viewFindings(pool: Pool, events: readonly StoredEvent[]): Promise<readonly string[]> {
  const people = lastOf(events, 'participant-');
  const communications = lastOf(events, 'communication-');
  const counts = new Map<string, number>();
  for (const { data } of communications.values()) {
    const { campaignId, status } = (data as contract.CommunicationEnded).communication;
    const name = `${campaignId} ${status}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const rowsOf = async (table: string): Promise<ReadonlyMap<string, number>> => {
    const { rows } = await pool.query<{ id: string; revision: number }>(`SELECT id, revision FROM ${VIEWS}.${table}`);
    return new Map(rows.map(({ id, revision }) => [id, revision]));
  };
  const { rows: counted } = await pool.query<{ name: string; count: number }>(
    `SELECT campaign_id || ' ' || state AS name, sum(count)::int AS count FROM ${VIEWS}.campaign_counter
     WHERE measure = 'communications' GROUP BY 1 HAVING sum(count) <> 0`,
  );
  const { rows: peopleCounted } = await pool.query<{ count: number }>(
    `SELECT coalesce(sum(count), 0)::int AS count FROM ${VIEWS}.campaign_counter WHERE measure = 'participants'`,
  );
  return [
    ...different('participant', people, await rowsOf('participant')),
    ...different('communication', communications, await rowsOf('communication')),
    ...[...counts].flatMap(([name, count]) => {
      const found = counted.find((row) => row.name === name)?.count ?? 0;
      return found === count ? [] : [`The view counts ${found} communications ${name}, the log ${count}`];
    }),
    ...(counted.length === counts.size ? [] : ['The view counts communications that the log does not have']),
    ...(peopleCounted[0]?.count === people.size
      ? []
      : [`The view counts ${peopleCounted[0]?.count} people, the log ${people.size}`]),
  ];
}

function lastOf(events: readonly StoredEvent[], prefix: string): ReadonlyMap<string, StoredEvent> {
  const own = events.filter(({ stream }) => stream.startsWith(prefix));
  return new Map(own.map((event) => [event.stream.slice(prefix.length), event]));
}

function different(
  what: string,
  last: ReadonlyMap<string, StoredEvent>,
  rows: ReadonlyMap<string, number>,
): readonly string[] {
  const behind = [...last].filter(([id, { revision }]) => rows.get(id) !== revision);
  return [
    ...behind.map(
      ([id, { revision }]) => `The ${what} ${id} is at ${revision} in the log, at ${rows.get(id)} in the view`,
    ),
    ...(rows.size === last.size ? [] : [`The view has ${rows.size} rows of ${what}, the log ${last.size} streams`]),
  ];
}
