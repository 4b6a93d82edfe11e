import type { EventStore } from '@poinciana/event-sourcing';
import {
  type AtBatchStep,
  BatchProcessor,
  type CheckpointStore,
  type ConsumerGroup,
  growingPauseMs,
  pause,
  type ProcessingBounds,
  type ReportToWatcher,
} from '@poinciana/messaging';
import type { KafkaMessage } from 'kafkajs';
import type { KafkaConnection } from '../client/kafka-client.js';
import { LostRecordsError } from '../errors.js';
import type { LogTopic } from '../log-topic.js';
import { ClaimedAssignment } from './claimed-assignment.js';
import type { ClaimedPartition } from './claimed-partition.js';
import type { ConsumerBounds } from './consumer-bounds.js';
import type { GroupConsumer } from './group-consumer.js';
import { takePartitions, type PartitionStart } from './partition-claims.js';

export interface MemberClaimsOptions<Transaction> {
  readonly group: ConsumerGroup<Transaction>;
  readonly consumer: Pick<GroupConsumer, 'pause' | 'resume' | 'seek'>;
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore<Transaction>;
  readonly connection: KafkaConnection;
  readonly topic: LogTopic;
  readonly bounds: ConsumerBounds;
  readonly processing: ProcessingBounds;
  readonly report: ReportToWatcher;
  readonly atStep: AtBatchStep;
  readonly stopping: AbortSignal;
  readonly isPaused: () => boolean;
  readonly isToStop: () => boolean;
  readonly fail: (error: Error) => void;
  /** Told what ended the reading of partitions. */
  readonly met: (claims: readonly ClaimedPartition[], error: unknown) => void;
}

/** The partitions that the brokers assigned to a member, as it has claimed them in its own database. */
export class MemberClaims<Transaction> {
  private held: ClaimedAssignment<Transaction> | undefined;
  private readonly resting = new Map<ClaimedPartition, NodeJS.Timeout>();
  private readonly tripped = new Set<ClaimedPartition>();
  private assigned: readonly number[] = [];
  /** Counts the assignments and the losses: a claim that was begun before the last of them is not completed. */
  private generation = 0;
  private waitsForConfirmation = false;
  private errorsInRow = 0;

  constructor(private readonly options: MemberClaimsOptions<Transaction>) {}

  get isTripped(): boolean {
    return this.tripped.size > 0;
  }

  /** Handles records of a partition that may be handled now; answers the offset of the last one that was read. */
  async read(partition: number, records: readonly KafkaMessage[]): Promise<number | undefined> {
    const { held } = this;
    const claim = held?.partitions.get(partition);
    if (held === undefined || claim === undefined || !this.isWorkable(claim)) return undefined;
    await held.read(claim, records);
    return this.isWorkable(claim) && claim.lastOffsetRead >= 0 ? claim.lastOffsetRead : undefined;
  }

  /** Takes over what the brokers assigned; its partitions are paused until they are claimed. */
  assign(partitions: readonly number[]): void {
    this.clear();
    this.assigned = partitions;
    void this.claim(this.generation);
  }

  clear(): void {
    this.generation += 1;
    this.waitsForConfirmation = false;
    for (const timer of this.resting.values()) clearTimeout(timer);
    this.resting.clear();
    this.tripped.clear();
    this.held = undefined;
  }

  /** Somebody else has claimed a partition, or a crash has taken back a checkpoint: everything is claimed anew, once the brokers say that this is still a member. */
  lost(): void {
    this.clear();
    this.options.consumer.pause(this.assigned);
    this.waitsForConfirmation = true;
  }

  confirmed(): void {
    if (!this.waitsForConfirmation) return;
    this.waitsForConfirmation = false;
    void this.claim(this.generation);
  }

  pauseAll(): void {
    this.options.consumer.pause(this.assigned);
  }

  resumeAll(): void {
    const ready = [...(this.held?.partitions.values() ?? [])].filter((claim) => this.isWorkable(claim));
    this.options.consumer.resume(ready.map(({ partition }) => partition));
  }

  /** Something went wrong outside of the handler. */
  failed(claims: readonly ClaimedPartition[], error: unknown): void {
    const { report, group, bounds } = this.options;
    this.errorsInRow += 1;
    report({ kind: 'retry', group: group.name, error, attempt: this.errorsInRow });
    this.rest(claims, growingPauseMs(this.errorsInRow, bounds.errorPauseMs, bounds.errorPauseMaxMs));
  }

  /** Moves the checkpoints of all partitions over what was looked at and not wanted, in one commit. */
  async moveIdle(): Promise<void> {
    await this.held?.moveIdle();
  }

  /** Throws `StaleMemberError` when a crash of the database took back what was committed. */
  async lookBack(): Promise<void> {
    await this.held?.lookBack();
  }

  private isWorkable(claim: ClaimedPartition): boolean {
    return this.held?.partitions.get(claim.partition) === claim && !this.resting.has(claim);
  }

  private wentWell(claims: readonly ClaimedPartition[]): void {
    this.errorsInRow = 0;
    for (const claim of claims) this.tripped.delete(claim);
  }

  /** The breaker is open: what is left of the partitions is fetched again after the pause. Others go on. */
  private trip(claims: readonly ClaimedPartition[], pauseMs: number): void {
    for (const claim of claims) if (this.isWorkable(claim)) this.tripped.add(claim);
    this.rest(claims, pauseMs);
  }

  private rest(claims: readonly ClaimedPartition[], ms: number): void {
    const { consumer, isPaused } = this.options;
    for (const claim of claims.filter((each) => this.isWorkable(each))) {
      consumer.pause([claim.partition]);
      const timer = setTimeout(() => {
        this.resting.delete(claim);
        if (!this.isWorkable(claim)) return;
        consumer.seek(claim.partition, claim.offset);
        if (!isPaused()) consumer.resume([claim.partition]);
      }, ms);
      this.resting.set(claim, timer);
    }
  }

  /** Tries until it is done or the assignment is no longer this one. */
  private async claim(generation: number): Promise<void> {
    const { group, checkpoints, connection, topic, report, bounds, stopping, fail } = this.options;
    const isOver = () => generation !== this.generation || stopping.aborted;
    for (let attempt = 1; !isOver(); attempt += 1) {
      try {
        const starts = await takePartitions(group.name, this.assigned, checkpoints, connection, topic);
        if (!isOver()) this.begin(starts);
        return;
      } catch (error) {
        if (isOver()) return;
        if (error instanceof LostRecordsError) return fail(error);
        report({ kind: 'retry', group: group.name, error, attempt });
        await pause(growingPauseMs(attempt, bounds.errorPauseMs, bounds.errorPauseMaxMs), stopping);
      }
    }
  }

  private begin(starts: readonly PartitionStart[]): void {
    const { consumer, isPaused } = this.options;
    this.held = this.assignmentOf(starts);
    for (const { partition, offset } of this.held.partitions.values()) consumer.seek(partition, offset);
    if (!isPaused()) consumer.resume(starts.map(({ fence }) => fence.partition));
  }

  private assignmentOf(starts: readonly PartitionStart[]): ClaimedAssignment<Transaction> {
    const { group, checkpoints, store, topic, bounds, processing, report, atStep, stopping } = this.options;
    return new ClaimedAssignment(starts, {
      group: group.name,
      partitionCount: topic.partitionCount,
      checkpoints,
      store,
      categories: new Set(group.categories),
      eventsMax: bounds.eventsMax,
      bytesMax: bounds.bytesMax,
      processorOf: (claims) =>
        new BatchProcessor({ group, checkpoints, claims, bounds: processing, report, atStep, stopping }),
      reportForeign: (error) => report({ kind: 'foreign', group: group.name, error }),
      isWorkable: (claim) => this.isWorkable(claim),
      isToStop: this.options.isToStop,
      wentWell: (claims) => this.wentWell(claims),
      tripped: (claims, pauseMs) => this.trip(claims, pauseMs),
      met: this.options.met,
    });
  }
}
