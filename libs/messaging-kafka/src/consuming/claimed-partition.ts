import { type EventStore, START, type StoredEvent } from '@poinciana/event-sourcing';
import type { CheckpointMove, ClaimedPartitions } from '@poinciana/messaging';
import type { KafkaMessage } from 'kafkajs';
import { ForeignRecordError, LostRecordsError } from '../errors.js';
import { eventOf, placeOf, type RecordPlace } from '../log-record.js';
import type { PartitionStart } from './partition-claims.js';

export interface ReadingOptions {
  readonly categories: ReadonlySet<string>;
  readonly store: EventStore;
  readonly reportForeign: (error: ForeignRecordError) => void;
}

/** How far the records of one claimed partition were looked at, and how far that is committed. */
export class ClaimedPartition {
  readonly partition: number;
  /** The offset after the last record that was looked at. */
  private next: number;
  /** The place in the log up to which this partition was looked at. */
  private through: number;
  private committedOffset: number;

  constructor(
    { fence, checkpoint, offset }: PartitionStart,
    private readonly claims: ClaimedPartitions,
    private readonly options: ReadingOptions,
  ) {
    this.partition = fence.partition;
    this.next = offset;
    this.through = checkpoint.position.number;
    this.committedOffset = offset;
  }

  /** The offset from which what is not yet committed is fetched again. */
  get offset(): number {
    return this.committedOffset;
  }

  get lastOffsetRead(): number {
    return this.next - 1;
  }

  /** The move over everything that was looked at, if there is anything. */
  get move(): CheckpointMove | undefined {
    const { partition, next, committedOffset, through } = this;
    const before = this.claims.positionOf(partition)?.number;
    if (before === undefined || next === committedOffset) return undefined;
    return { partition, position: { shard: START.shard, number: Math.max(before, through) }, cursor: String(next) };
  }

  /** Takes over that its move was committed. */
  committed(): void {
    this.committedOffset = this.next;
  }

  /** Forgets what was looked at and not committed. */
  rewind(): void {
    this.next = this.committedOffset;
    this.through = this.claims.positionOf(this.partition)?.number ?? this.through;
  }

  wasRead(record: KafkaMessage): boolean {
    return Number(record.offset) < this.next;
  }

  /** What a record says of itself, or nothing if it is a stranger's. Throws `LostRecordsError` when one is missing before it. */
  placeOf(record: KafkaMessage): RecordPlace | undefined {
    let place: RecordPlace;
    try {
      place = placeOf(record);
    } catch (error) {
      if (!(error instanceof ForeignRecordError)) throw error;
      this.options.reportForeign(error);
      return undefined;
    }
    if (place.position.number <= this.through || place.previous <= this.through) return place;
    throw new LostRecordsError(
      `Partition ${this.partition} lost records before offset ${record.offset}: the event before it is number ` +
        `${place.previous} of the log, and this group has seen the partition up to ${this.through} only. ` +
        'They were removed by retention or lost by the brokers; rebuild this consumer from the log.',
    );
  }

  /** The event of a record that this group wants and has not handled. What a relay sent twice is known by its position. */
  async dueEvent(place: RecordPlace, record: KafkaMessage): Promise<StoredEvent | undefined> {
    const isNew = place.kind !== 'watermark' && place.position.number > this.through;
    if (!isNew || !this.options.categories.has(place.category)) return undefined;
    const event = place.kind === 'event' ? eventOf(record) : await this.readFromLog(place);
    const disposition = this.claims.dispositionOf(event);
    return disposition === 'due' || disposition === 'parked' ? event : undefined;
  }

  advance(place: RecordPlace | undefined, record: KafkaMessage): void {
    this.next = Number(record.offset) + 1;
    if (place !== undefined) this.through = Math.max(this.through, place.position.number);
  }

  private async readFromLog({ position }: RecordPlace): Promise<StoredEvent> {
    const [event] = await this.options.store.readLog({ ...position, number: position.number - 1 }, 1);
    if (event?.position.number !== position.number) {
      throw new LostRecordsError(`The log has no event ${position.number}, which the topic says was withheld`);
    }
    return event;
  }
}
