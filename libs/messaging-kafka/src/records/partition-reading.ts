import { TransientError } from '@poinciana/event-sourcing';
import { growingPauseMs, pause, StaleMemberError } from '@poinciana/messaging';
import { bytesOfRecord, type ForeignRecord, type RecordBatch } from './record-batch.js';
import type { RecordBounds, ReportOfRecords } from './record-bounds.js';
import type { RecordCheckpoints, RecordClaim, RecordDeadLetter } from './record-checkpoints.js';

/** Handles a batch and answers which of its records are dead. What it does again for the same records changes nothing. */
export type HandleRecords = (batch: RecordBatch) => Promise<readonly RecordDeadLetter[]>;

export interface ReadingSurroundings {
  readonly topic: string;
  readonly checkpoints: RecordCheckpoints;
  readonly bounds: RecordBounds;
  readonly handle: HandleRecords;
  readonly report: ReportOfRecords;
  readonly stopping: AbortSignal;
}

/** The reader stops; what is in hand is done by whoever reads on. */
export class ReadingStoppedError extends Error {
  override readonly name = 'ReadingStoppedError';
}

/** A batch that is cut: what lies before `through` is done with it. */
interface Cut {
  readonly records: readonly ForeignRecord[];
  readonly through: number;
  readonly mayBeRepeated: boolean;
}

/** The reading of one claimed partition: gathers what is fetched, cuts it into batches, and settles one after the other. */
export class PartitionReading {
  private waiting: ForeignRecord[] = [];
  private fetchedThrough: number;
  private next: number;
  private begunThrough: number;
  private end = 0;

  constructor(
    readonly partition: number,
    private readonly claim: RecordClaim,
    private readonly surroundings: ReadingSurroundings,
  ) {
    this.next = claim.next;
    this.begunThrough = claim.begunThrough;
    this.fetchedThrough = claim.next;
  }

  /** Records that the partition has behind what is done, as far as it was seen. */
  get lag(): number {
    return Math.max(0, this.end - this.next);
  }

  /** `end`: the offset that the next record of the partition gets. */
  sawEnd(end: number): void {
    this.end = end;
  }

  /** Takes what was fetched; what is done or already waits is left out. `through`: behind the last offset of the fetch. */
  take(records: readonly ForeignRecord[], through: number): void {
    this.waiting.push(...records.filter(({ offset }) => offset >= this.fetchedThrough));
    this.fetchedThrough = Math.max(this.fetchedThrough, through);
  }

  /** Settles what waits as long as it may go on, and answers whether that was all. Throws `StaleMemberError` or `ReadingStoppedError`. */
  async work(mayGoOn: () => boolean): Promise<boolean> {
    for (let cut = this.nextCut(); cut !== undefined; cut = this.nextCut()) {
      if (!mayGoOn()) return false;
      await this.settle(cut);
      this.next = cut.through;
      this.begunThrough = cut.through;
      this.waiting = this.waiting.filter(({ offset }) => offset >= this.next);
    }
    return true;
  }

  private nextCut(): Cut | undefined {
    const { bounds } = this.surroundings;
    if (this.begunThrough > this.next) {
      if (this.fetchedThrough < this.begunThrough) return undefined;
      const records = this.waiting.filter(({ offset }) => offset < this.begunThrough);
      return { records, through: this.begunThrough, mayBeRepeated: true };
    }
    let bytes = 0;
    const records: ForeignRecord[] = [];
    for (const record of this.waiting) {
      bytes += bytesOfRecord(record);
      if (records.length > 0 && (records.length === bounds.eventsMax || bytes > bounds.bytesMax)) break;
      records.push(record);
    }
    const last = records.at(-1);
    return last === undefined ? undefined : { records, through: last.offset + 1, mayBeRepeated: false };
  }

  private async settle({ records, through, mayBeRepeated }: Cut): Promise<void> {
    const { topic, checkpoints, report } = this.surroundings;
    const { partition, claim } = this;
    if (!mayBeRepeated) await this.again(() => checkpoints.begin(topic, partition, claim.fence, through));
    const dead = await this.handle(records, mayBeRepeated);
    if (dead === undefined) return this.settleEach(records, through);
    await this.again(() => checkpoints.finish(topic, partition, claim.fence, through, dead));
    report({ kind: 'handled', partition, records: records.length, dead: dead.length });
    for (const letter of dead) report({ kind: 'dead', partition, letter });
  }

  /**
   * After a bug: each record is a batch of its own, so that the others are not held up by it. All of them stay begun until they are done:
   * whoever reads on finds whatever the undivided batch wrote.
   */
  private async settleEach(records: readonly ForeignRecord[], through: number): Promise<void> {
    for (const [index, record] of records.entries()) {
      const end = index === records.length - 1 ? through : record.offset + 1;
      await this.settle({ records: [record], through: end, mayBeRepeated: true });
    }
  }

  /** Answers the dead letters; `undefined` when a bug met a batch of several records. */
  private async handle(
    records: readonly ForeignRecord[],
    mayBeRepeated: boolean,
  ): Promise<readonly RecordDeadLetter[] | undefined> {
    const { topic, handle, bounds, report } = this.surroundings;
    const { partition } = this;
    const [first] = records;
    if (first === undefined) return [];
    for (let attempt = 1; ; attempt += 1) {
      try {
        const isRepeated = mayBeRepeated || attempt > 1;
        return await this.again((tries) =>
          handle({ topic, partition, records, mayBeRepeated: isRepeated || tries > 1 }),
        );
      } catch (error) {
        if (this.isEnd(error)) throw error;
        if (records.length > 1) {
          report({ kind: 'divided', partition, error });
          return undefined;
        }
        if (attempt >= bounds.attemptsMax) return [bugAt(first, error)];
        report({ kind: 'retry', error, attempt });
      }
    }
  }

  private isEnd(error: unknown): boolean {
    return error instanceof ReadingStoppedError || error instanceof StaleMemberError;
  }

  /** Tries until it goes well; only what is away for now is tried again. */
  private async again<Answer>(attemptOnce: (attempt: number) => Promise<Answer>): Promise<Answer> {
    const { bounds, report, stopping } = this.surroundings;
    for (let attempt = 1; !stopping.aborted; attempt += 1) {
      try {
        return await attemptOnce(attempt);
      } catch (error) {
        if (!(error instanceof TransientError)) throw error;
        report({ kind: 'retry', error, attempt });
        await pause(growingPauseMs(attempt, bounds.errorPauseMs, bounds.errorPauseMaxMs), stopping);
      }
    }
    throw new ReadingStoppedError(`The reading of partition ${this.partition} stops`);
  }
}

function bugAt({ offset }: ForeignRecord, error: unknown): RecordDeadLetter {
  const code = error instanceof Error ? error.name : 'unknown';
  return { offset, code, reason: 'The record cannot be handled, which is a bug; the log of the process says more.' };
}
