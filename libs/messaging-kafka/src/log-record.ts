import {
  categoryOf,
  eventJson,
  formatPosition,
  parsePosition,
  type Position,
  type StoredEvent,
} from '@poinciana/event-sourcing';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { FetchedRecord } from './wire/fetched-record.js';
import { ForeignRecordError } from './errors.js';

/**
 * What a record of the internal topic is. `event`: the event as JSON. `withheld`: an event that the broker refused, to be read
 * from the log. `watermark`: no event; everything of the partition up to its position stands before it.
 */
export type RecordKind = 'event' | 'withheld' | 'watermark';

/** What the header of a record says. A consumer decides by it whether it reads the value. */
export interface RecordPlace {
  readonly kind: RecordKind;
  readonly position: Position;
  /** The number of the event before it in the same partition, 0 for the first: a missing record shows. */
  readonly previous: number;
  /** Empty for a watermark. */
  readonly category: string;
}

/** One header with everything: kafkajs takes as long for each as for a small record. */
const PLACE = 'poinciana-place';
const PLACE_FORM = /^(event|withheld|watermark) (\S+) (\d{1,15}) (\S*)$/;

function headersOf({ kind, position, previous, category }: RecordPlace): IHeaders {
  return { [PLACE]: `${kind} ${formatPosition(position)} ${previous} ${category}` };
}

/** The record of an event. The same event and the same log always give the same record, whichever relay sends it. */
export function eventRecord(event: StoredEvent, previous: number, partition: number): Message {
  const { position, stream, key } = event;
  const place = { kind: 'event', position, previous, category: categoryOf(stream) } as const;
  return { partition, key, value: eventJson(event), headers: headersOf(place) };
}

/** Stands in the place of an event that the broker refused. */
export function withheldRecord(event: StoredEvent, previous: number, partition: number): Message {
  const { position, stream, key } = event;
  const place = { kind: 'withheld', position, previous, category: categoryOf(stream) } as const;
  return { partition, key, value: null, headers: headersOf(place) };
}

export function watermarkRecord(position: Position, previous: number, partition: number): Message {
  return {
    partition,
    key: null,
    value: null,
    headers: headersOf({ kind: 'watermark', position, previous, category: '' }),
  };
}

/** Reads the header. Throws `ForeignRecordError` for a record that is none of ours; its message holds no value of it. */
export function placeOf(record: Pick<KafkaMessage, 'headers' | 'offset'>): RecordPlace {
  const { offset } = record;
  const text = record instanceof FetchedRecord ? record.headerText(PLACE) : placeTextOf(record);
  const said = text === undefined ? null : PLACE_FORM.exec(text);
  const [, kind = '', where = '', previous, category = ''] = said ?? [];
  const position = parsePosition(where);
  if (!isKind(kind) || position === undefined)
    throw new ForeignRecordError(`The record at offset ${offset} was written by no relay`);
  return { kind, position, previous: Number(previous), category };
}

/** Headers of strangers may be repeated, null, or called like a property of every object. */
function placeTextOf({ headers }: Pick<KafkaMessage, 'headers'>): string | undefined {
  const header = headers !== undefined && Object.hasOwn(headers, PLACE) ? headers[PLACE] : undefined;
  return Buffer.isBuffer(header) ? header.toString('utf8') : undefined;
}

/** The event of a record of kind `event`. */
export function eventOf({ value, offset }: Pick<KafkaMessage, 'value' | 'offset'>): StoredEvent {
  if (value === null) throw new ForeignRecordError(`The record at offset ${offset} has no value`);
  const event: StoredEvent = JSON.parse(value.toString('utf8'));
  return event;
}

function isKind(text: string): text is RecordKind {
  return text === 'event' || text === 'withheld' || text === 'watermark';
}
