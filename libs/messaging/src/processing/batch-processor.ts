import { TransientError, type StoredEvent } from '@poinciana/event-sourcing';
import type { ReportToWatcher } from '../bus-report.js';
import type { CheckpointCommit, CheckpointMove, CheckpointStore, KeyMark } from '../checkpoint-store.js';
import { deadLetterOf, reasonOf, WAITING, type DeadLetter } from '../dead-letter.js';
import { CheckpointStoreError, StaleMemberError } from '../errors.js';
import type { ConsumerGroup, StateWrite } from '../event-bus.js';
import { MemberCutError, type AtBatchStep } from './batch-steps.js';
import { Breaker, BreakerOpenError } from './breaker.js';
import type { ClaimedPartitions } from './claimed-partitions.js';
import { growingPauseMs, pause, type ProcessingBounds } from './processing-bounds.js';

/** What a handler has answered for all events of a batch. */
export interface PreparedWrite<Transaction> {
  readonly write: StateWrite<Transaction> | undefined;
}

/** Events of claimed partitions, in log order, none of them done; and where the checkpoints stand when all are done. */
export interface ClaimedBatch<Transaction> {
  readonly events: readonly StoredEvent[];
  readonly moves: readonly CheckpointMove[];
  /** When it was handled beforehand. */
  readonly prepared?: PreparedWrite<Transaction> | undefined;
}

/** `tripped`: what is left of the batch is to be fetched again after the pause. */
export type BatchOutcome = { readonly status: 'committed' } | { readonly status: 'tripped'; readonly pauseMs: number };

export interface BatchProcessorOptions<Transaction> {
  readonly group: ConsumerGroup<Transaction>;
  readonly checkpoints: CheckpointStore<Transaction>;
  readonly claims: ClaimedPartitions;
  readonly bounds: ProcessingBounds;
  readonly report: ReportToWatcher;
  readonly atStep: AtBatchStep;
  /** Ends the pauses between tries. */
  readonly stopping: AbortSignal;
}

type CommitPart = Partial<Pick<CheckpointCommit<unknown>, 'moves' | 'ahead' | 'deadLetters' | 'parked'>>;

/**
 * Handles batches and commits them, wherever they were fetched from: state, checkpoint and dead letters in one transaction.
 * A batch that fails for a reason of its own is divided by key until the event is found; each part that goes well is
 * committed with a mark per key, so that nothing of it is handled again whatever happens to the rest.
 */
export class BatchProcessor<Transaction> {
  private readonly breaker: Breaker;

  constructor(private readonly options: BatchProcessorOptions<Transaction>) {
    this.breaker = new Breaker(options.bounds);
  }

  /** Throws `StaleMemberError` when a partition was lost, and `MemberCutError` when a test ends the member. */
  async process(batch: ClaimedBatch<Transaction>): Promise<BatchOutcome> {
    try {
      await this.processAll(batch);
      return { status: 'committed' };
    } catch (error) {
      if (!(error instanceof BreakerOpenError)) throw error;
      const { pauseMs, cause } = error;
      const { group, report, stopping } = this.options;
      if (!stopping.aborted) report({ kind: 'tripped', group: group.name, error: cause, pauseMs });
      return { status: 'tripped', pauseMs };
    }
  }

  private async processAll(batch: ClaimedBatch<Transaction>): Promise<void> {
    const due: StoredEvent[] = [];
    const waiting: StoredEvent[] = [];
    for (const event of batch.events) (this.options.claims.isParked(event) ? waiting : due).push(event);
    const rest = { moves: batch.moves, parked: this.lettersOf(waiting) };
    try {
      await this.apply(due, rest, waiting.length === 0 ? batch.prepared : undefined);
    } catch (error) {
      if (due.length === 0 || !isFaultOfEvent(error)) throw error;
      await this.divide(due, error);
      await this.apply([], rest);
    }
  }

  /** Handles a part and commits it with what its keys have come to. */
  private async attempt(events: readonly StoredEvent[]): Promise<void> {
    try {
      await this.apply(events, { ahead: this.marksOf(events) });
    } catch (error) {
      if (!isFaultOfEvent(error)) throw error;
      await this.divide(events, error);
    }
  }

  /** Goes on with the halves of what failed: of its keys if there are several, else of the key's events in order. */
  private async divide(events: readonly StoredEvent[], error: unknown): Promise<void> {
    const [first] = events;
    if (events.length === 1 && first !== undefined) return this.tryAgainOrBury(first, error);
    const [one, other] = halvesByKey(events);
    await this.attempt(one);
    const [next] = other;
    if (next !== undefined && this.options.claims.isParked(next)) {
      await this.apply([], { parked: this.lettersOf(other), ahead: this.marksOf(other) });
    } else {
      await this.attempt(other);
    }
  }

  private async tryAgainOrBury(event: StoredEvent, firstError: unknown): Promise<void> {
    const { bounds, stopping } = this.options;
    let error = firstError;
    for (let attempt = 1; attempt < bounds.attemptsMax; attempt++) {
      await pause(growingPauseMs(attempt, bounds.attemptPauseMs, bounds.transientPauseMaxMs), stopping);
      if (stopping.aborted) throw new BreakerOpenError(error, 0);
      try {
        return await this.apply([event], { ahead: this.marksOf([event]) });
      } catch (again) {
        if (!isFaultOfEvent(again)) throw again;
        error = again;
      }
    }
    await this.bury(event, error);
  }

  private async bury(event: StoredEvent, error: unknown): Promise<void> {
    if (!this.breaker.mayBury) throw this.breaker.open(error);
    const { claims, bounds, report, group } = this.options;
    const letter = deadLetterOf(event, claims.partitionOf(event), reasonOf(error, bounds.attemptsMax));
    await this.apply([], { deadLetters: [letter], ahead: this.marksOf([event]) });
    this.breaker.buried();
    report({ kind: 'deadLetter', group: group.name, error, letter });
  }

  /** Handles events (none: only commits), again and again as long as something outside is away, until the breaker opens. */
  private async apply(
    events: readonly StoredEvent[],
    part: CommitPart,
    prepared?: PreparedWrite<Transaction>,
  ): Promise<void> {
    const { bounds, report, group, stopping } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.applyOnce(events, part, attempt === 1 ? prepared : undefined);
        if (events.length > 0 && this.breaker.succeeded()) report({ kind: 'recovered', group: group.name });
        return;
      } catch (error) {
        if (!isOutside(error)) throw error;
        report({ kind: 'retry', group: group.name, error, attempt });
        if (stopping.aborted) throw new BreakerOpenError(error, 0);
        if (attempt >= this.breaker.transientAttemptsMax) throw this.breaker.open(error);
        await pause(growingPauseMs(attempt, bounds.transientPauseMs, bounds.transientPauseMaxMs), stopping);
      }
    }
  }

  private async applyOnce(
    events: readonly StoredEvent[],
    part: CommitPart,
    prepared?: PreparedWrite<Transaction>,
  ): Promise<void> {
    const { group, checkpoints, claims, atStep } = this.options;
    await atStep('handle');
    const hints: (() => void)[] = [];
    const afterCommit = (hint: () => void): void => void hints.push(hint);
    const handled = prepared ?? {
      write: events.length === 0 ? undefined : await group.handle({ group: group.name, events, afterCommit }),
    };
    const state = handled.write;
    await atStep('handled');
    const { moves = [], ahead = [], deadLetters = [], parked = [] } = part;
    const touched = [...moves, ...ahead, ...deadLetters, ...parked].map(({ partition }) => partition);
    const commit: CheckpointCommit<Transaction> = {
      group: group.name,
      fences: claims.fencesOf(touched),
      moves,
      ahead,
      deadLetters,
      parked,
      state: state && this.withStep(state),
      isUnhurried: group.isReadModel === true,
    };
    await checkpoints.commit(commit);
    claims.committed(commit);
    for (const hint of hints) hint();
    await atStep('committed');
  }

  private withStep(state: StateWrite<Transaction>): StateWrite<Transaction> {
    return async (transaction) => {
      await state(transaction);
      await this.options.atStep('stateWritten');
    };
  }

  private marksOf(events: readonly StoredEvent[]): readonly KeyMark[] {
    const marks = new Map<string, KeyMark>();
    for (const event of events) {
      const { key, position } = event;
      marks.set(key, { partition: this.options.claims.partitionOf(event), key, position });
    }
    return [...marks.values()];
  }

  private lettersOf(events: readonly StoredEvent[]): readonly DeadLetter[] {
    return events.map((event) => deadLetterOf(event, this.options.claims.partitionOf(event), WAITING));
  }
}

/** Something outside is away: tried again, whatever the batch. */
function isOutside(error: unknown): boolean {
  return error instanceof TransientError || error instanceof CheckpointStoreError;
}

function isFaultOfEvent(error: unknown): boolean {
  const others = [TransientError, CheckpointStoreError, StaleMemberError, BreakerOpenError, MemberCutError];
  return !others.some((other) => error instanceof other);
}

/** Halves of at least two events, each in log order, no key in both unless there is only one. */
function halvesByKey(events: readonly StoredEvent[]): readonly [readonly StoredEvent[], readonly StoredEvent[]] {
  const keys = [...new Set(events.map((event) => event.key))];
  if (keys.length === 1) {
    const middle = Math.ceil(events.length / 2);
    return [events.slice(0, middle), events.slice(middle)];
  }
  const firstKeys = new Set(keys.slice(0, Math.ceil(keys.length / 2)));
  return [events.filter((event) => firstKeys.has(event.key)), events.filter((event) => !firstKeys.has(event.key))];
}
