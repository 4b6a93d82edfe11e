import type { EventStore } from '@poinciana/event-sourcing';
import {
  type AtBatchStep,
  BatchProcessor,
  type CheckpointCommit,
  type CheckpointStore,
  type ConsumerGroup,
  growingPauseMs,
  pause,
  type ProcessingBounds,
  type ReportToWatcher,
} from '@poinciana/messaging';
import type { KafkaConnection } from '../client/kafka-client.js';
import { LostRecordsError } from '../errors.js';
import type { LogTopic } from '../log-topic.js';
import { ClaimedPartition } from './claimed-partition.js';
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
}

/** The partitions that the brokers assigned to a member, as it has claimed them in its own database. */
export class MemberClaims<Transaction> {
  private readonly claimed = new Map<number, ClaimedPartition<Transaction>>();
  private readonly resting = new Map<ClaimedPartition<Transaction>, NodeJS.Timeout>();
  private readonly tripped = new Set<ClaimedPartition<Transaction>>();
  private assigned: readonly number[] = [];
  /** Counts the assignments and the losses: a claim that was begun before the last of them is not completed. */
  private generation = 0;
  private waitsForConfirmation = false;
  private errorsInRow = 0;

  constructor(private readonly options: MemberClaimsOptions<Transaction>) {}

  get isTripped(): boolean {
    return this.tripped.size > 0;
  }

  /** The claim of a partition whose records may be handled now. */
  workable(partition: number): ClaimedPartition<Transaction> | undefined {
    const claim = this.claimed.get(partition);
    return claim === undefined || this.resting.has(claim) ? undefined : claim;
  }

  isCurrent(claim: ClaimedPartition<Transaction>): boolean {
    return this.claimed.get(claim.partition) === claim && !this.resting.has(claim);
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
    this.claimed.clear();
  }

  /** Somebody else has claimed a partition: everything is claimed anew, once the brokers say that this is still a member. */
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
    const ready = [...this.claimed.values()].filter((claim) => !this.resting.has(claim));
    this.options.consumer.resume(ready.map(({ partition }) => partition));
  }

  wentWell(claim: ClaimedPartition<Transaction>): void {
    this.errorsInRow = 0;
    this.tripped.delete(claim);
  }

  /** The breaker is open: what is left of the partition is fetched again after the pause. Other partitions go on. */
  trip(claim: ClaimedPartition<Transaction>, pauseMs: number): void {
    if (!this.isCurrent(claim)) return;
    this.tripped.add(claim);
    this.rest(claim, pauseMs);
  }

  /** Something went wrong outside of the handler. */
  failed(claim: ClaimedPartition<Transaction>, error: unknown): void {
    const { report, group, bounds } = this.options;
    this.errorsInRow += 1;
    report({ kind: 'retry', group: group.name, error, attempt: this.errorsInRow });
    if (this.isCurrent(claim)) {
      this.rest(claim, growingPauseMs(this.errorsInRow, bounds.errorPauseMs, bounds.errorPauseMaxMs));
    }
  }

  /** Moves the checkpoints of all partitions over what was looked at and not wanted, in one commit. */
  async moveIdle(): Promise<void> {
    const idle = [...this.claimed.values()].filter((claim) => !this.resting.has(claim) && claim.idleMove !== undefined);
    if (idle.length > 0) await this.inTurnOfAll(idle, () => this.commitIdle(idle));
  }

  private async commitIdle(idle: readonly ClaimedPartition<Transaction>[]): Promise<void> {
    const { checkpoints, group } = this.options;
    const claims = idle.filter((claim) => this.isCurrent(claim) && claim.idleMove !== undefined);
    const moves = claims.flatMap(({ idleMove }) => idleMove ?? []);
    if (moves.length === 0) return;
    const commit: CheckpointCommit<Transaction> = {
      group: group.name,
      fences: claims.flatMap((claim) => claim.claims.fencesOf([claim.partition])),
      moves,
      ahead: [],
      deadLetters: [],
      parked: [],
      state: undefined,
    };
    await checkpoints.commit(commit);
    for (const claim of claims) {
      claim.claims.committed(commit);
      claim.moved(Number(moves.find(({ partition }) => partition === claim.partition)?.cursor));
    }
  }

  /** Runs when it is the turn of each of them, and lets each wait until it is done. */
  private inTurnOfAll(claims: readonly ClaimedPartition<Transaction>[], act: () => Promise<void>): Promise<void> {
    return claims.reduceRight((inner, claim) => () => claim.inTurn(inner), act)();
  }

  private rest(claim: ClaimedPartition<Transaction>, ms: number): void {
    const { consumer, isPaused } = this.options;
    consumer.pause([claim.partition]);
    const timer = setTimeout(() => {
      this.resting.delete(claim);
      if (!this.isCurrent(claim)) return;
      consumer.seek(claim.partition, claim.offset);
      if (!isPaused()) consumer.resume([claim.partition]);
    }, ms);
    this.resting.set(claim, timer);
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
    for (const start of starts) {
      const claim = this.claimOf(start);
      this.claimed.set(claim.partition, claim);
      consumer.seek(claim.partition, claim.offset);
    }
    if (!isPaused()) consumer.resume(starts.map(({ fence }) => fence.partition));
  }

  private claimOf({ fence, checkpoint, offset }: PartitionStart): ClaimedPartition<Transaction> {
    const { group, checkpoints, store, bounds, processing, report, atStep, stopping } = this.options;
    return new ClaimedPartition({
      fence,
      checkpoint,
      offset,
      store,
      categories: new Set(group.categories),
      eventsMax: bounds.eventsMax,
      bytesMax: bounds.bytesMax,
      isToStop: this.options.isToStop,
      processorOf: (claims) =>
        new BatchProcessor({ group, checkpoints, claims, bounds: processing, report, atStep, stopping }),
      reportForeign: (error) => report({ kind: 'foreign', group: group.name, error }),
    });
  }
}
