import { setMaxListeners } from 'node:events';
import { growingPauseMs, pause, StaleMemberError } from '@poinciana/messaging';
import type { EachBatchPayload } from 'kafkajs';
import type { KafkaConnection } from '../client/kafka-client.js';
import { GroupConsumer } from '../consuming/group-consumer.js';
import { LostRecordsError, TopicPartitionsError, TopicStampError } from '../errors.js';
import { checkLogTopic, type LogTopic, offsetRanges } from '../log-topic.js';
import { claimPartition } from './claim-partition.js';
import { type HandleRecords, PartitionReading, ReadingStoppedError } from './partition-reading.js';
import { foreignRecord } from './record-batch.js';
import { RECORD_BOUNDS, type RecordBounds, type ReportOfRecords } from './record-bounds.js';
import type { RecordCheckpoints } from './record-checkpoints.js';

const LISTENERS_MAX = 1_000;

export interface TopicReaderOptions {
  readonly connection: KafkaConnection;
  readonly topic: LogTopic;
  readonly groupId: string;
  readonly checkpoints: RecordCheckpoints;
  readonly handle: HandleRecords;
  /** What has to be there before anything is read; tried again until it goes well. */
  readonly prepare?: () => Promise<void>;
  readonly bounds?: Partial<RecordBounds>;
  readonly report?: ReportOfRecords;
  /** Told once when no repetition helps: another number of partitions, a topic that was made anew, a crash of the client. */
  readonly onFatal: (error: Error) => void;
}

export type ReaderState = 'joining' | 'reading' | 'stopped';

/**
 * Reads a topic that others write. The brokers deal the partitions out; how far each is lies in the reader's own database. Each record is
 * handled at least once, in the order of its partition, and a repetition is cut as the first attempt was. A record that cannot be
 * handled is a dead letter and holds nobody up.
 */
export class TopicReader {
  private readonly stopping = new AbortController();
  private readonly bounds: RecordBounds;
  private readonly consumer: GroupConsumer;
  private readonly readings = new Map<number, PartitionReading>();
  private assigned: readonly number[] = [];
  /** Counts assignments and losses: a claim that was begun before the last of them is not completed. */
  private generation = 0;
  private waitsForConfirmation = false;
  private isRebalancing = false;
  private work: Promise<void> | undefined;
  state: ReaderState = 'joining';

  constructor(private readonly options: TopicReaderOptions) {
    this.bounds = { ...RECORD_BOUNDS, ...options.bounds };
    setMaxListeners(LISTENERS_MAX, this.stopping.signal);
    this.consumer = new GroupConsumer({
      connection: options.connection,
      topic: options.topic,
      groupId: options.groupId,
      bounds: this.bounds,
      joined: (partitions) => this.assign(partitions),
      stillMember: () => this.confirmed(),
      crashed: (error) => this.fail(error),
      eachBatch: (payload) => this.eachBatch(payload),
    });
  }

  /** Begins; what is not there yet is tried again and again. */
  start(): void {
    this.work ??= this.join();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.work;
    await this.consumer.stop();
    this.state = 'stopped';
  }

  /** How many records each partition that is read here has behind what is done. */
  lags(): ReadonlyMap<number, number> {
    return new Map([...this.readings].map(([partition, reading]) => [partition, reading.lag]));
  }

  private async join(): Promise<void> {
    await this.again(async () => {
      await this.options.prepare?.();
      await checkLogTopic(this.options.connection, this.options.topic);
      await this.consumer.start();
    });
  }

  private assign(partitions: readonly number[]): void {
    this.clear();
    this.isRebalancing = false;
    this.assigned = partitions;
    void this.claim(this.generation);
  }

  private clear(): void {
    this.generation += 1;
    this.waitsForConfirmation = false;
    this.readings.clear();
  }

  /** Somebody else has claimed a partition: everything is claimed anew, once the brokers say that this is still a member. */
  private lost(partition: number): void {
    this.options.report?.({ kind: 'stale', partition });
    this.clear();
    this.consumer.pause(this.assigned);
    this.waitsForConfirmation = true;
  }

  private confirmed(): void {
    this.isRebalancing = false;
    if (!this.waitsForConfirmation) return;
    this.waitsForConfirmation = false;
    void this.claim(this.generation);
  }

  private async claim(generation: number): Promise<void> {
    const { connection, topic, checkpoints, handle, report = () => undefined } = this.options;
    const partitions = this.assigned;
    const surroundings = { topic: topic.name, checkpoints, bounds: this.bounds, handle, report };
    await this.again(async () => {
      const ranges = await offsetRanges(connection, topic);
      const claims = await Promise.all(
        partitions.map(async (partition) => ({
          partition,
          claim: await claimPartition(checkpoints, topic.name, partition, ranges.get(partition)),
        })),
      );
      if (generation !== this.generation) return;
      for (const { partition, claim } of claims) {
        const reading = new PartitionReading(partition, claim, { ...surroundings, stopping: this.stopping.signal });
        reading.sawEnd(ranges.get(partition)?.high ?? claim.next);
        this.readings.set(partition, reading);
        this.consumer.seek(partition, claim.next);
        report({ kind: 'claimed', partition, next: claim.next });
      }
      this.consumer.resume(partitions);
      this.state = 'reading';
    });
  }

  private async eachBatch({ batch, resolveOffset, heartbeat }: EachBatchPayload): Promise<void> {
    const reading = this.readings.get(batch.partition);
    if (reading === undefined || this.isRebalancing || this.stopping.signal.aborted) return;
    const beating = setInterval(() => {
      // The brokers deal the partitions out anew, or are away: after the batch in hand the client asks them again.
      heartbeat().catch(() => (this.isRebalancing = true));
    }, this.bounds.heartbeatMs);
    try {
      const through = Number(batch.lastOffset()) + 1;
      reading.sawEnd(Number(batch.highWatermark));
      reading.take(batch.messages.map(foreignRecord), through);
      const isDone = await reading.work(() => !this.isRebalancing);
      if (isDone && this.readings.get(batch.partition) === reading) resolveOffset(batch.lastOffset());
    } catch (error) {
      this.met(reading, error);
    } finally {
      clearInterval(beating);
    }
  }

  private met(reading: PartitionReading, error: unknown): void {
    if (error instanceof ReadingStoppedError) return;
    if (error instanceof StaleMemberError) {
      if (this.readings.get(reading.partition) === reading) this.lost(reading.partition);
    } else {
      this.fail(error instanceof Error ? error : new Error('The reading of a topic ended'));
    }
  }

  private fail(error: Error): void {
    if (this.stopping.signal.aborted) return;
    this.state = 'stopped';
    this.options.onFatal(error);
  }

  /** Tries until it goes well or the reader stops; what no repetition heals is fatal. */
  private async again(attemptOnce: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        return await attemptOnce();
      } catch (error) {
        if (isFatal(error)) return this.fail(error);
        this.options.report?.({ kind: 'retry', error, attempt });
        await pause(growingPauseMs(attempt, this.bounds.errorPauseMs, this.bounds.errorPauseMaxMs), signal);
      }
    }
  }
}

function isFatal(error: unknown): error is Error {
  return [TopicPartitionsError, TopicStampError, LostRecordsError].some((fatal) => error instanceof fatal);
}
