import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoredEvent } from '@poinciana/event-sourcing';
import {
  type BatchOutcome,
  type BatchProcessor,
  type CheckpointCommit,
  type CheckpointStore,
  ClaimedPartitions,
  partitionOfKey,
  StaleMemberError,
  takenBack,
} from '@poinciana/messaging';
import type { KafkaMessage } from 'kafkajs';
import { BatchGathering } from './batch-gathering.js';
import { ClaimedPartition, type ReadingOptions } from './claimed-partition.js';
import type { PartitionStart } from './partition-claims.js';

export interface AssignmentOptions<Transaction> extends ReadingOptions {
  readonly group: string;
  readonly partitionCount: number;
  readonly checkpoints: CheckpointStore<Transaction>;
  readonly eventsMax: number;
  readonly bytesMax: number;
  readonly processorOf: (claims: ClaimedPartitions) => BatchProcessor<Transaction>;
  /** Whether the records of a partition may be handled now. */
  readonly isWorkable: (claim: ClaimedPartition) => boolean;
  /** Between batches: whether what is left is to wait. */
  readonly isToStop: () => boolean;
  /** Told of partitions that a batch brought forward. */
  readonly wentWell: (claims: readonly ClaimedPartition[]) => void;
  /** Told that what is left of partitions is to come again after a pause. */
  readonly tripped: (claims: readonly ClaimedPartition[], pauseMs: number) => void;
  /** Told what ended the reading of partitions. */
  readonly met: (claims: readonly ClaimedPartition[], error: unknown) => void;
}

/** What was fetched of one partition. */
interface Fetched {
  readonly claim: ClaimedPartition;
  readonly records: readonly KafkaMessage[];
}

type Tripped = Extract<BatchOutcome, { status: 'tripped' }>;

/**
 * The partitions of one assignment, claimed together: with the next assignment comes the next of these, so that nothing that is still
 * in hand can be committed under a later claim. What was fetched of several partitions is handled and committed together: a
 * transaction for each of them costs a machine more than the events do.
 */
export class ClaimedAssignment<Transaction> {
  readonly partitions: ReadonlyMap<number, ClaimedPartition>;
  private readonly claims: ClaimedPartitions;
  private readonly processor: BatchProcessor<Transaction>;
  private fetched: Fetched[] = [];
  private round: Promise<void> | undefined;
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    starts: readonly PartitionStart[],
    private readonly options: AssignmentOptions<Transaction>,
  ) {
    this.claims = new ClaimedPartitions(({ key }) => partitionOfKey(key, options.partitionCount));
    this.claims.hold(
      starts.map(({ fence }) => fence),
      starts.map(({ checkpoint }) => checkpoint),
    );
    this.processor = options.processorOf(this.claims);
    this.partitions = new Map(
      starts.map((start) => [start.fence.partition, new ClaimedPartition(start, this.claims, options)]),
    );
  }

  /** Ends when these records were read, or will be fetched again, with all that came until their turn. */
  read(claim: ClaimedPartition, records: readonly KafkaMessage[]): Promise<void> {
    this.fetched.push({ claim, records });
    this.round ??= this.inTurn(async () => {
      // What one fetch brought of several partitions is handed over one by one.
      await nextTurn();
      const { fetched } = this;
      this.fetched = [];
      this.round = undefined;
      await this.readRound(fetched.filter((each) => this.options.isWorkable(each.claim)));
    });
    return this.round;
  }

  /** Moves the checkpoints of all partitions over what was looked at and not wanted, in one commit. */
  moveIdle(): Promise<void> {
    return this.inTurn(async () => {
      const { checkpoints, group, isWorkable } = this.options;
      const idle = [...this.partitions.values()].filter((claim) => claim.move !== undefined && isWorkable(claim));
      if (idle.length === 0) return;
      const commit: CheckpointCommit<Transaction> = {
        group,
        fences: this.claims.fencesOf(idle.map(({ partition }) => partition)),
        moves: movesOf(idle),
        ahead: [],
        deadLetters: [],
        parked: [],
        state: undefined,
      };
      await checkpoints.commit(commit);
      this.claims.committed(commit);
      for (const claim of idle) claim.committed();
    });
  }

  /**
   * Throws `StaleMemberError` when the database knows less than was committed: a crash of it took commits back, and a topic in which nothing
   * comes would never tell.
   */
  lookBack(): Promise<void> {
    return this.inTurn(async () => {
      const { checkpoints, group } = this.options;
      const behind = takenBack(this.claims.places, await checkpoints.places(group));
      if (behind.length > 0) throw new StaleMemberError(`A crash took back checkpoints of ${group}`);
    });
  }

  /** One after the other: rounds of what was fetched, and moves over what nobody wants. */
  private inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.lastTurn.then(act);
    // How it ended is for whoever called; the next turn only waits for its end.
    this.lastTurn = Promise.allSettled([turn]);
    return turn;
  }

  private async readRound(fetched: readonly Fetched[]): Promise<void> {
    const claims = fetched.map(({ claim }) => claim);
    let isDone = false;
    try {
      const tripped = await this.readAll(fetched);
      isDone = tripped === undefined;
      if (tripped !== undefined) this.options.tripped(claims, tripped.pauseMs);
    } catch (error) {
      this.options.met(claims, error);
    } finally {
      // Before anybody else's turn: a checkpoint must never be moved over what was looked at and not handled.
      if (!isDone) for (const claim of claims) claim.rewind();
    }
  }

  /** Reads records in the order of their offsets, and handles what is wanted of them in batches within the bounds. */
  private async readAll(fetched: readonly Fetched[]): Promise<Tripped | undefined> {
    const claims = fetched.map(({ claim }) => claim);
    const gathering = new BatchGathering(this.options);
    for (const { claim, records } of fetched) {
      for (const record of records) {
        if (claim.wasRead(record)) continue;
        const place = claim.placeOf(record);
        const event = place && (await claim.dueEvent(place, record));
        const isFull = gathering.hasNoRoomFor(event, record);
        const tripped = isFull ? await this.process(gathering.take(), claims) : undefined;
        if (tripped !== undefined) return tripped;
        if (isFull && this.options.isToStop()) return undefined;
        claim.advance(place, record);
        gathering.add(event, record);
      }
    }
    return this.process(gathering.take(), claims);
  }

  private async process(
    events: readonly StoredEvent[],
    claims: readonly ClaimedPartition[],
  ): Promise<Tripped | undefined> {
    if (events.length === 0) return undefined;
    const moved = claims.filter(({ move }) => move !== undefined);
    const inOrder = [...events].sort((one, other) => one.position.number - other.position.number);
    const outcome = await this.processor.process({ events: inOrder, moves: movesOf(moved) });
    if (outcome.status === 'tripped') return outcome;
    for (const claim of moved) claim.committed();
    this.options.wentWell(claims);
    return undefined;
  }
}

function movesOf(claims: readonly ClaimedPartition[]) {
  return claims.flatMap(({ move }) => move ?? []);
}
