import type { Position, StoredEvent } from '@poinciana/event-sourcing';
import type { Message } from 'kafkajs';
import { eventRecord, watermarkRecord, withheldRecord } from '../log-record.js';
import { STANDARD_LOG_TOPIC, type LogTopic } from '../log-topic.js';

/**
 * What a relay makes of the log in one topic: which events, and as what records. The same event and the same log always give
 * the same record, whichever relay sends it.
 */
export interface Publication {
  readonly topic: LogTopic;
  takes(event: StoredEvent): boolean;
  /** `previous`: the number of the event before it in its partition, 0 for the first. */
  record(event: StoredEvent, previous: number, partition: number): Message;
  /** What stands in the place of an event that the brokers refuse for its size. */
  withheld(event: StoredEvent, previous: number, partition: number): Message;
  /** What tells a quiet partition how far the log is; absent: nobody needs to know. */
  watermark?(position: Position, previous: number, partition: number): Message;
}

/** Every event, as our own consumers read it. */
export function logPublication(topic: LogTopic = STANDARD_LOG_TOPIC): Publication {
  return { topic, takes: () => true, record: eventRecord, withheld: withheldRecord, watermark: watermarkRecord };
}
