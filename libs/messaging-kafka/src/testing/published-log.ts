import { isDeepStrictEqual } from 'node:util';
import { READ_EVENTS_MAX, START, type EventStore, type StoredEvent } from '@poinciana/event-sourcing';
import { partitionOfKey } from '@poinciana/messaging';
import type { KafkaMessage } from 'kafkajs';
import { eventOf, placeOf } from '../log-record.js';
import { LOG_PARTITIONS } from '../log-topic.js';

/** What the topic has beside what it should have. */
export interface PublishedLog {
  /** Events of the log that are nowhere in the topic. */
  readonly missing: readonly number[];
  /** Events whose first record stands behind one of a later event of the same partition. */
  readonly outOfOrder: readonly number[];
  /** Events that are not as the log has them, or in another partition. */
  readonly different: readonly number[];
  /** Records that do not follow what stands before them. */
  readonly gaps: readonly string[];
  /** Records that a relay sent again. */
  readonly repeated: number;
}

export const COMPLETE = { missing: [], outOfOrder: [], different: [], gaps: [] };

/** A record of the topic, and the partition that it lies in. */
export type TopicRecord = KafkaMessage & { readonly partition: number };

/** Compares the whole topic, each partition in the order of its offsets, with the whole log. */
export async function publishedLog(store: EventStore, records: readonly TopicRecord[]): Promise<PublishedLog> {
  const log = await wholeLog(store);
  const byNumber = new Map(log.map((event) => [event.position.number, event]));
  const seen = new Set<number>();
  const through = new Map<number, number>();
  const found = { outOfOrder: [] as number[], different: [] as number[], gaps: [] as string[], repeated: 0 };
  for (const record of records) {
    const { kind, position, previous } = placeOf(record);
    const before = through.get(record.partition) ?? 0;
    if (position.number > before && previous > before) found.gaps.push(`${record.partition}@${record.offset}`);
    through.set(record.partition, Math.max(before, position.number));
    if (kind === 'watermark') continue;
    if (seen.has(position.number)) found.repeated += 1;
    else if (position.number <= before) found.outOfOrder.push(position.number);
    seen.add(position.number);
    if (!isSame(byNumber.get(position.number), eventOf(record), record.partition))
      found.different.push(position.number);
  }
  return { missing: [...byNumber.keys()].filter((number) => !seen.has(number)), ...found };
}

/** All events of a log, in its order. */
export async function wholeLog(store: EventStore): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readLog(events.at(-1)?.position ?? START, READ_EVENTS_MAX);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** By what they say: a store may answer with an object of its own class. */
function isSame(event: StoredEvent | undefined, published: StoredEvent, partition: number): boolean {
  if (event === undefined || partitionOfKey(published.key, LOG_PARTITIONS) !== partition) return false;
  return isDeepStrictEqual(JSON.parse(JSON.stringify(event)), published);
}
