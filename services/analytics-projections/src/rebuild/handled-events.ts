import type { StoredEvent } from '@poinciana/event-sourcing';
import { type ConsumerGroup, partitionOfKey } from '@poinciana/messaging';
import { schemaName } from '@poinciana/database';
import type { PoolClient } from 'pg';

/** More dead letters than this and a comparison says nothing that the list of them does not say better. */
export const DEAD_LETTERS_MAX = 100_000;

/** Exactly which events a group has handled, whichever partition, key or dead letter stands where. */
export interface HandledEvents {
  /** The number of the last one. */
  readonly through: number;
  readonly deadLetters: number;
  includes(event: StoredEvent): boolean;
}

interface Row {
  readonly partitions: number;
  readonly positions: readonly string[] | null;
  readonly ahead: readonly (readonly [string, number])[] | null;
  readonly letters: readonly string[] | null;
}

const READ = (at: string) => `
  SELECT g.partition_count AS partitions,
    (SELECT array_agg(position ORDER BY partition) FROM ${at}.consumer_partition WHERE group_name = $1) AS positions,
    (SELECT json_agg(json_build_array(key, position)) FROM ${at}.consumer_key_ahead WHERE group_name = $1) AS ahead,
    (SELECT array_agg(position) FROM (SELECT position FROM ${at}.dead_letter WHERE group_name = $1 LIMIT ${DEAD_LETTERS_MAX}) AS l) AS letters
  FROM ${at}.consumer_group g WHERE group_name = $1`;

/** As a transaction sees it: checkpoints and rows of one snapshot belong together, because one transaction moves both. */
export async function handledEvents(client: PoolClient, schema: string, group: string): Promise<HandledEvents> {
  const { rows } = await client.query<Row>(READ(schemaName(schema)), [group]);
  const { partitions = 1, positions, ahead, letters } = rows[0] ?? { positions: null, ahead: null, letters: null };
  const checkpoints = (positions ?? []).map(Number);
  const marks = new Map(ahead ?? []);
  const dead = new Set((letters ?? []).map(Number));
  return {
    through: Math.max(0, ...checkpoints, ...marks.values()),
    deadLetters: dead.size,
    includes: ({ key, position: { number } }) => {
      const upTo = Math.max(checkpoints[partitionOfKey(key, partitions)] ?? 0, marks.get(key) ?? 0);
      return number <= upTo && !dead.has(number);
    },
  };
}

/** A group that handles what another one has handled, and nothing else. */
export function onlyHandled<Transaction>(
  group: ConsumerGroup<Transaction>,
  handled: HandledEvents,
): ConsumerGroup<Transaction> {
  return {
    ...group,
    handle: async (batch) => {
      const events = batch.events.filter((event) => handled.includes(event));
      return events.length === 0 ? undefined : group.handle({ ...batch, events });
    },
  };
}
