import { type EventStore, START, type StoredEvent } from '@poinciana/event-sourcing';
import {
  type BatchOutcome,
  type BatchProcessor,
  type Checkpoint,
  ClaimedPartitions,
  type Fence,
} from '@poinciana/messaging';
import type { KafkaMessage } from 'kafkajs';
import { ForeignRecordError, LostRecordsError } from '../errors.js';
import { BatchGathering } from './batch-gathering.js';
import { eventOf, placeOf, type RecordPlace } from '../log-record.js';

export interface ClaimOptions<Transaction> {
  readonly fence: Fence;
  readonly checkpoint: Checkpoint;
  /** The offset to begin at: the checkpoint's, or the first that the topic has. */
  readonly offset: number;
  readonly categories: ReadonlySet<string>;
  readonly store: EventStore;
  readonly eventsMax: number;
  readonly bytesMax: number;
  readonly processorOf: (claims: ClaimedPartitions) => BatchProcessor<Transaction>;
  readonly reportForeign: (error: ForeignRecordError) => void;
  /** Between batches: whether what is left is to wait. */
  readonly isToStop: () => boolean;
}

/** How the reading of records ended: all of them, up to a stop, or at a batch that is to come again after a pause. */
export type ReadingOutcome = { readonly status: 'read' | 'stopped' } | Extract<BatchOutcome, { status: 'tripped' }>;

/**
 * One partition as this member claimed it once: with the next claim comes the next of these, so that nothing that is still in
 * hand can be committed under a later claim.
 */
export class ClaimedPartition<Transaction> {
  readonly partition: number;
  readonly claims: ClaimedPartitions;
  private readonly processor: BatchProcessor<Transaction>;
  /** The offset after the last record that was looked at. */
  private next: number;
  /** The place in the log up to which this partition was looked at. */
  private through: number;
  private committedOffset: number;
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ClaimOptions<Transaction>) {
    const { fence, checkpoint, offset, processorOf } = options;
    this.partition = fence.partition;
    this.claims = new ClaimedPartitions(() => fence.partition);
    this.claims.hold([fence], [checkpoint]);
    this.processor = processorOf(this.claims);
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

  /** The move over what was looked at and not wanted, if there is anything. */
  get idleMove() {
    const { claims, partition, next, committedOffset } = this;
    const before = claims.least?.number;
    if (before === undefined || next === committedOffset) return undefined;
    return {
      partition,
      position: { shard: START.shard, number: Math.max(before, this.through) },
      cursor: String(next),
    };
  }

  /** One after the other: batches, and moves over what nobody wants. */
  inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const turn = this.lastTurn.then(act);
    // Its error is its caller's; the next turn only waits for the end of this one.
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** Forgets what was looked at and not committed. */
  private rewind(): void {
    this.next = this.committedOffset;
    this.through = this.claims.least?.number ?? this.through;
  }

  moved(offset: number): void {
    this.committedOffset = offset;
  }

  /** Reads records in the order of their offsets, and handles what is wanted of them in batches within the bounds. */
  async read(records: readonly KafkaMessage[], handled: () => void): Promise<ReadingOutcome> {
    let isDone = false;
    try {
      const outcome = await this.readAll(records, handled);
      isDone = outcome.status !== 'tripped';
      return outcome;
    } finally {
      // Before anybody else's turn: the checkpoint must never be moved over what was looked at and not handled.
      if (!isDone) this.rewind();
    }
  }

  private async readAll(records: readonly KafkaMessage[], handled: () => void): Promise<ReadingOutcome> {
    const gathering = new BatchGathering(this.options);
    for (const record of records) {
      if (Number(record.offset) < this.next) continue;
      const place = this.placeOf(record);
      const event = place && (await this.dueEvent(place, record));
      if (gathering.hasNoRoomFor(event, record)) {
        const end = await this.process(gathering.take(), handled);
        if (end !== undefined) return end;
      }
      this.advance(place, record);
      gathering.add(event, record);
      if (gathering.isFull) {
        const end = await this.process(gathering.take(), handled);
        if (end !== undefined) return end;
      }
    }
    return (await this.process(gathering.take(), handled)) ?? { status: 'read' };
  }

  /** Answers how the reading ends if it does not go on behind this batch. */
  private async process(events: readonly StoredEvent[], handled: () => void): Promise<ReadingOutcome | undefined> {
    if (events.length === 0) return undefined;
    const { next, partition } = this;
    const position = { shard: START.shard, number: this.through };
    const outcome = await this.processor.process({ events, moves: [{ partition, position, cursor: String(next) }] });
    if (outcome.status === 'tripped') return outcome;
    this.committedOffset = next;
    handled();
    return this.options.isToStop() ? { status: 'stopped' } : undefined;
  }

  /** What a record says of itself, or nothing if it is a stranger's. Throws `LostRecordsError` when one is missing before it. */
  private placeOf(record: KafkaMessage): RecordPlace | undefined {
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
  private async dueEvent(place: RecordPlace, record: KafkaMessage): Promise<StoredEvent | undefined> {
    const isNew = place.kind !== 'watermark' && place.position.number > this.through;
    if (!isNew || !this.options.categories.has(place.category)) return undefined;
    const event = place.kind === 'event' ? eventOf(record) : await this.readFromLog(place);
    const disposition = this.claims.dispositionOf(event);
    return disposition === 'due' || disposition === 'parked' ? event : undefined;
  }

  private async readFromLog({ position }: RecordPlace): Promise<StoredEvent> {
    const [event] = await this.options.store.readLog({ ...position, number: position.number - 1 }, 1);
    if (event?.position.number !== position.number) {
      throw new LostRecordsError(`The log has no event ${position.number}, which the topic says was withheld`);
    }
    return event;
  }

  private advance(place: RecordPlace | undefined, record: KafkaMessage): void {
    this.next = Number(record.offset) + 1;
    if (place !== undefined) this.through = Math.max(this.through, place.position.number);
  }
}
