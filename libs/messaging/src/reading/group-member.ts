import { type EventStore, type Position, START } from '@poinciana/event-sourcing';
import type { CheckpointStore } from '../checkpoint-store.js';
import type { ReportToWatcher } from '../bus-report.js';
import { StaleMemberError } from '../errors.js';
import type { ConsumerGroup, DeadLetters, GroupProgress, Subscription } from '../event-bus.js';
import { groupProgress } from '../group-progress.js';
import type { PartitionLeases } from '../partition-leases.js';
import { partitionOfKey } from '../partition-of-key.js';
import { BatchProcessor, type PreparedWrite } from '../processing/batch-processor.js';
import { MemberCutError, type AtBatchStep } from '../processing/batch-steps.js';
import { ClaimedPartitions } from '../processing/claimed-partitions.js';
import { growingPauseMs, pause, type ProcessingBounds } from '../processing/processing-bounds.js';
import { GroupDeadLetters } from '../processing/replay-dead-letters.js';
import { type BatchBounds, BatchReader, type ReadBatch } from './batch-reader.js';
import type { LogTail } from './log-tail.js';
import { MemberShare, type MembershipBounds } from './member-share.js';
import { NextBatch } from './next-batch.js';

const ERROR_PAUSE_MS = 50;
const ERROR_PAUSE_MAX_MS = 2_000;

export interface GroupMemberOptions<Transaction> {
  readonly group: ConsumerGroup<Transaction>;
  readonly store: EventStore;
  readonly tail: LogTail;
  readonly checkpoints: CheckpointStore<Transaction>;
  readonly leases: PartitionLeases;
  readonly membership: MembershipBounds;
  readonly batches: BatchBounds;
  readonly processing: ProcessingBounds;
  readonly report: ReportToWatcher;
  readonly atStep: AtBatchStep;
}

/**
 * A member of a group that reads the log itself: renews its lease, holds its share of the partitions, and works through all
 * of them in one batch after the other. It reads at most one page ahead of the batch in hand.
 */
export class GroupMember<Transaction> implements Subscription {
  readonly group: string;
  readonly deadLetters: DeadLetters;
  private readonly stopping = new AbortController();
  private readonly claims: ClaimedPartitions;
  private readonly processor: BatchProcessor<Transaction>;
  private readonly next: NextBatch<Transaction>;
  private readonly share: MemberShare;
  private state: 'running' | 'paused' | 'tripped' | 'stopped' = 'running';
  private isPaused = false;
  private isCut = false;
  private lookedThrough: Position | undefined;
  private committedAt = 0;
  private batchSince: number | undefined;
  private errorsInRow = 0;
  private heartbeats: Promise<void> | undefined;
  private work: Promise<void> | undefined;
  /** Ends the wait in hand, when there is one. */
  private waiting = new AbortController();

  constructor(private readonly options: GroupMemberOptions<Transaction>) {
    const { group, checkpoints, leases, store, tail, batches, membership } = options;
    this.group = group.name;
    this.deadLetters = new GroupDeadLetters(group, checkpoints, store);
    this.claims = new ClaimedPartitions((event) => partitionOfKey(event.key, membership.partitionCount));
    this.share = new MemberShare({ group: group.name, leases, checkpoints, claims: this.claims, membership });
    const reader = new BatchReader(tail, this.claims, group.categories, batches);
    this.next = new NextBatch(group, reader, this.claims);
    const { processing: bounds, report, atStep } = options;
    const { signal: stopping } = this.stopping;
    this.processor = new BatchProcessor({ group, checkpoints, claims: this.claims, bounds, report, atStep, stopping });
  }

  /** Joins the group. Throws `PartitionCountError` when the group was set up otherwise. */
  async start(): Promise<void> {
    await this.options.checkpoints.open(this.group, this.options.membership.partitionCount);
    await this.beat();
    this.heartbeats = this.keepBeating();
    this.work = this.keepWorking();
  }

  get handledTo(): Position | undefined {
    return this.isPaused || this.state !== 'running' ? undefined : (this.lookedThrough ?? this.claims.least);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.wake();
  }

  async progress(): Promise<GroupProgress> {
    const places = await this.options.checkpoints.places(this.group);
    const head = await this.options.store.head(START.shard);
    const state = this.isPaused && this.state !== 'stopped' ? 'paused' : this.state;
    return groupProgress(this.group, places, head, state);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await Promise.all([this.heartbeats, this.work]);
    this.state = 'stopped';
    if (this.isCut) return;
    try {
      await this.share.leave();
    } catch (error) {
      // The lease ends by itself; the others only wait for it longer.
      this.options.report({ kind: 'ended', group: this.group, error });
    }
  }

  private get isEnding(): boolean {
    return this.isCut || this.stopping.signal.aborted;
  }

  private wake(): void {
    this.waiting.abort();
    this.waiting = new AbortController();
  }

  private async keepBeating(): Promise<void> {
    while (!this.isEnding) {
      await pause(this.options.membership.heartbeatMs, this.stopping.signal);
      if (this.isEnding) return;
      try {
        if (!this.hangs) await this.beat();
      } catch (error) {
        this.met(error);
      }
    }
  }

  private get hangs(): boolean {
    return this.batchSince !== undefined && performance.now() - this.batchSince > this.options.membership.batchMsMax;
  }

  private async beat(): Promise<void> {
    if (await this.share.beat()) this.wake();
  }

  private async keepWorking(): Promise<void> {
    while (!this.isEnding) {
      try {
        await this.rebalance();
        await this.workOnce();
        this.errorsInRow = 0;
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  private async rebalance(): Promise<void> {
    if (!(await this.share.rebalance())) return;
    this.lookedThrough = undefined;
    this.next.forget();
  }

  private async workOnce(): Promise<void> {
    const least = this.claims.least;
    if (this.isPaused || least === undefined) {
      return pause(this.options.membership.heartbeatMs, this.waiting.signal);
    }
    const { signal } = this.waiting;
    const { batch, prepared } = await this.next.read(this.lookedThrough ?? least);
    if (this.isPaused) return;
    if (!batch.isLast) this.options.tail.readAhead(batch.through);
    const restMs = this.idleCommitInMs(least, batch.through);
    if (batch.events.length > 0 || restMs <= 0) return this.process(batch, prepared);
    this.lookedThrough = batch.through;
    if (!batch.isLast || this.isEnding) return;
    await this.options.tail.waitBehind(batch.through, Math.min(this.options.membership.heartbeatMs, restMs), signal);
  }

  /** In how many milliseconds a checkpoint is to be moved over what nobody wants; never, if it is there already. */
  private idleCommitInMs(checkpoint: Position, lookedThrough: Position): number {
    if (checkpoint.number >= lookedThrough.number) return Infinity;
    return this.committedAt + this.options.membership.idleCommitMs - performance.now();
  }

  private async process(
    { events, through }: ReadBatch,
    prepared: PreparedWrite<Transaction> | undefined,
  ): Promise<void> {
    this.batchSince = performance.now();
    const processing = this.processor.process({ events, moves: this.claims.movesTo(through), prepared });
    const preparing = events.length > 0 ? this.next.prepare(through) : undefined;
    try {
      const outcome = await processing;
      if (outcome.status === 'tripped') {
        this.lookedThrough = undefined;
        return await this.sitOut(outcome.pauseMs);
      }
    } finally {
      this.batchSince = undefined;
      await preparing;
    }
    this.state = 'running';
    this.lookedThrough = through;
    this.committedAt = performance.now();
    if (events.length > 0) this.options.report({ kind: 'batch', group: this.group, events: events.length });
  }

  /** Waits for the breaker's pause to end; partitions are given back and claimed meanwhile. */
  private async sitOut(pauseMs: number): Promise<void> {
    this.state = 'tripped';
    this.batchSince = undefined;
    const until = performance.now() + pauseMs;
    for (;;) {
      const leftMs = until - performance.now();
      if (leftMs <= 0 || this.isEnding) return;
      await pause(leftMs, this.waiting.signal);
      await this.rebalance();
    }
  }

  private async recover(error: unknown): Promise<void> {
    this.met(error);
    if (this.isEnding) return;
    this.lookedThrough = undefined;
    this.next.forget();
    this.errorsInRow++;
    this.claims.clear();
    await pause(growingPauseMs(this.errorsInRow, ERROR_PAUSE_MS, ERROR_PAUSE_MAX_MS), this.waiting.signal);
    try {
      if (!this.isEnding) await this.beat();
    } catch (again) {
      this.met(again);
    }
  }

  private met(error: unknown): void {
    const { report } = this.options;
    if (error instanceof MemberCutError) {
      this.isCut = true;
      this.state = 'stopped';
      this.wake();
      report({ kind: 'ended', group: this.group, error });
    } else if (error instanceof StaleMemberError) {
      report({ kind: 'stale', group: this.group, error });
    } else {
      report({ kind: 'retry', group: this.group, error, attempt: this.errorsInRow + 1 });
    }
  }
}
