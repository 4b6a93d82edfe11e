import type { Position } from '@poinciana/event-sourcing';
import type {
  Checkpoint,
  CheckpointCommit,
  CheckpointMove,
  CheckpointStore,
  Fence,
  ReplayCommit,
} from '../checkpoint-store.js';
import type { DeadLetter, DeadLetterCount, ListedDeadLetter } from '../dead-letter.js';
import { PartitionCountError, StaleMemberError } from '../errors.js';
import type { StateWrite } from '../event-bus.js';
import type { PartitionPlace } from '../group-progress.js';
import type { InMemoryGroups } from './in-memory-groups.js';
import { InMemoryTransaction } from './in-memory-transaction.js';

export interface InMemoryCheckpointsOptions {
  /**
   * `false`: state is kept even if the member is cut before its checkpoint moved, as on a store without transactions: for
   * tests that a handler's state writes may happen again.
   */
  readonly isAtomic?: boolean;
  readonly now?: () => Date;
}

/** Checkpoints and dead letters in memory. */
export class InMemoryCheckpointStore implements CheckpointStore<InMemoryTransaction> {
  private readonly isAtomic: boolean;
  private readonly now: () => Date;

  constructor(
    private readonly groups: InMemoryGroups,
    options: InMemoryCheckpointsOptions = {},
  ) {
    this.isAtomic = options.isAtomic ?? true;
    this.now = options.now ?? (() => new Date(0));
  }

  open(group: string, partitionCount: number): Promise<void> {
    return this.groups.inTurn(() => {
      const stored = this.groups.rowsOf(group).partitions.size;
      if (stored > 0 && stored !== partitionCount) throw new PartitionCountError(group, stored, partitionCount);
      for (let partition = 0; partition < partitionCount; partition++) this.groups.partitionOf(group, partition);
    });
  }

  take(group: string, partitions: readonly number[]): Promise<readonly Fence[]> {
    return this.groups.inTurn(() =>
      partitions.map((partition) => ({ partition, number: ++this.groups.partitionOf(group, partition).fence })),
    );
  }

  load(group: string, partitions: readonly number[]): Promise<readonly Checkpoint[]> {
    return this.groups.inTurn(() => {
      const letters = [...this.groups.rowsOf(group).deadLetters.values()];
      return [...partitions]
        .sort((one, other) => one - other)
        .map((partition) => {
          const { position, cursor, ahead } = this.groups.partitionOf(group, partition);
          const parked = letters.filter((letter) => letter.partition === partition);
          const parkedKeys = [...new Set(parked.map((letter) => letter.key))];
          return { partition, position, cursor, ahead: [...ahead.values()], parkedKeys };
        });
    });
  }

  commit(commit: CheckpointCommit<InMemoryTransaction>): Promise<void> {
    const { group } = commit;
    return this.groups.inTurn(async () => {
      for (const { partition, number } of commit.fences) {
        if (this.groups.partitionOf(group, partition).fence !== number) {
          throw new StaleMemberError(`Partition ${partition} of ${group} is held by another member`);
        }
      }
      this.refuseRepaired(commit);
      const transaction = await this.write(commit.state);
      transaction.commit();
      for (const { partition } of commit.fences) this.groups.partitionOf(group, partition).fence++;
      for (const mark of commit.ahead) this.groups.partitionOf(group, mark.partition).ahead.set(mark.key, mark);
      for (const move of commit.moves) this.move(group, move);
      for (const letter of [...commit.deadLetters, ...commit.parked]) this.putAway(group, letter);
    });
  }

  commitReplay(commit: ReplayCommit<InMemoryTransaction>): Promise<void> {
    return this.groups.inTurn(async () => {
      const { deadLetters } = this.groups.rowsOf(commit.group);
      const failed = commit.failed && deadLetters.get(commit.failed.position.number);
      const isThere = commit.handled.every(({ number }) => deadLetters.has(number));
      if (!isThere || (commit.failed !== undefined && failed === undefined)) {
        throw new StaleMemberError(`Dead letters of ${commit.group} are already replayed`);
      }
      const transaction = await this.write(commit.state);
      transaction.commit();
      for (const { number } of commit.handled) deadLetters.delete(number);
      if (commit.failed === undefined || failed === undefined) return;
      const { position, reason } = commit.failed;
      deadLetters.set(position.number, { ...failed, reason, lastAt: this.now() });
    });
  }

  async places(group: string): Promise<readonly PartitionPlace[]> {
    return [...this.groups.rowsOf(group).partitions]
      .map(([partition, { position }]) => ({ partition, position }))
      .sort((one, other) => one.partition - other.partition);
  }

  async deadLetters(group: string, after: Position, limit: number, key?: string): Promise<readonly ListedDeadLetter[]> {
    return [...this.groups.rowsOf(group).deadLetters.values()]
      .filter((letter) => letter.position.number > after.number && (key === undefined || letter.key === key))
      .sort((one, other) => one.position.number - other.position.number)
      .slice(0, limit);
  }

  async countDeadLetters(group: string): Promise<DeadLetterCount> {
    const letters = [...this.groups.rowsOf(group).deadLetters.values()];
    return { events: letters.length, keys: new Set(letters.map(({ key }) => key)).size };
  }

  private async write(state: StateWrite<InMemoryTransaction> | undefined): Promise<InMemoryTransaction> {
    const transaction = new InMemoryTransaction();
    try {
      await state?.(transaction);
    } catch (error) {
      if (!this.isAtomic) transaction.commit();
      throw error;
    }
    return transaction;
  }

  private refuseRepaired({ group, parked, deadLetters }: CheckpointCommit<InMemoryTransaction>): void {
    const open = new Set([...this.groups.rowsOf(group).deadLetters.values(), ...deadLetters].map(({ key }) => key));
    if (!parked.every(({ key }) => open.has(key))) {
      throw new StaleMemberError(`A parked key of ${group} has been repaired meanwhile`);
    }
  }

  private move(group: string, { partition, position, cursor }: CheckpointMove): void {
    const row = this.groups.partitionOf(group, partition);
    row.position = position;
    row.cursor = cursor;
    for (const [key, mark] of row.ahead) if (mark.position.number <= position.number) row.ahead.delete(key);
  }

  private putAway(group: string, letter: DeadLetter): void {
    const at = this.now();
    this.groups.rowsOf(group).deadLetters.set(letter.position.number, { ...letter, firstAt: at, lastAt: at });
  }
}
