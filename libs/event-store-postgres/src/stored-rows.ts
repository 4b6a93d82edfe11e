import type { StoredEvent } from '@poinciana/event-sourcing';
import { lazyEvent, streamName } from '@poinciana/event-sourcing';
import type { Pool, QueryArrayConfig } from 'pg';
import type { StreamCategories } from './stream-categories.js';

/** What a row is read as, in the order of `EventRow`. */
export const EVENT_COLUMNS =
  'e.position, e.category, e.stream, e.revision, e.id, e.type, e.workspace, e.key, e.time, e.causation, e.correlation, e.actor, e.hop, e.data, e.personal';

/** A row as PostgreSQL sends it: text, whatever the type of the column. */
export type EventRow = readonly [
  position: string,
  category: string,
  stream: string,
  revision: string,
  id: string,
  type: string,
  workspace: string,
  key: string,
  time: string,
  causation: string,
  correlation: string,
  actor: string,
  hop: string,
  data: string,
  personal: string | null,
  /** Present where a statement asks for more than the event. */
  asked?: string,
];

const asSent = (value: string): string => value;

/** A query whose rows stay arrays of text: only the payload is worth parsing, and only once. */
export async function queryRows(
  pool: Pool,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<readonly EventRow[]> {
  const query: QueryArrayConfig = {
    name,
    text,
    values: [...values],
    rowMode: 'array',
    types: { getTypeParser: () => asSent },
  };
  const { rows } = await pool.query<[...EventRow]>(query);
  return rows;
}

export async function storedEvents(
  rows: readonly EventRow[],
  shard: number,
  categories: StreamCategories,
): Promise<readonly StoredEvent[]> {
  const nameOf = await categories.namesOf(new Set(rows.map((row) => Number(row[1]))));
  return rows.map((row) => storedEvent(row, shard, nameOf));
}

function storedEvent(row: EventRow, shard: number, nameOf: (code: number) => string): StoredEvent {
  const [
    number,
    category,
    stream,
    revision,
    id,
    type,
    workspace,
    key,
    time,
    causation,
    correlation,
    actor,
    hop,
    data,
    personal,
  ] = row;
  const envelope = {
    id,
    type,
    workspace,
    key,
    time: instantOf(time),
    causation,
    correlation,
    actor,
    hop: Number(hop),
  };
  const place = {
    stream: streamName(nameOf(Number(category)), stream),
    revision: Number(revision),
    position: { shard, number: Number(number) },
  };
  return lazyEvent(envelope, place, data, personal);
}

/** Of the payload as JSON. */
export function charactersOf({ 13: data, 14: personal }: EventRow): number {
  return data.length + (personal?.length ?? 0);
}

/** `2025-03-09 07:05:00.12+00` is `2025-03-09T07:05:00.120Z`: PostgreSQL leaves trailing zeros away. */
function instantOf(time: string): string {
  if (!time.endsWith('+00')) throw new Error('The connections of the event log are not in UTC');
  const fraction = time.slice(20, -3);
  return `${time.slice(0, 10)}T${time.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`;
}
