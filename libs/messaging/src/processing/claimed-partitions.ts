import type { Position, StoredEvent } from '@poinciana/event-sourcing';
import type { Checkpoint, CheckpointCommit, CheckpointMove, Fence } from '../checkpoint-store.js';
import type { PartitionPlace } from '../group-progress.js';

interface ClaimedPartition {
  fence: number;
  position: Position;
  cursor: string | undefined;
  readonly aheadOfKey: Map<string, number>;
  readonly parkedKeys: Set<string>;
}

/** What to do with an event that was read. */
export type Disposition = 'foreign' | 'done' | 'parked' | 'due';

/** The partitions a member holds, as its commits leave them. */
export class ClaimedPartitions {
  private readonly held = new Map<number, ClaimedPartition>();

  constructor(readonly partitionOf: (event: StoredEvent) => number) {}

  get partitions(): readonly number[] {
    return [...this.held.keys()].sort((one, other) => one - other);
  }

  get size(): number {
    return this.held.size;
  }

  hold(fences: readonly Fence[], checkpoints: readonly Checkpoint[]): void {
    for (const checkpoint of checkpoints) {
      const fence = fences.find((one) => one.partition === checkpoint.partition);
      if (fence === undefined) continue;
      this.held.set(checkpoint.partition, {
        fence: fence.number,
        position: checkpoint.position,
        cursor: checkpoint.cursor,
        aheadOfKey: new Map(checkpoint.ahead.map((mark) => [mark.key, mark.position.number])),
        parkedKeys: new Set(checkpoint.parkedKeys),
      });
    }
  }

  drop(partitions: Iterable<number>): void {
    for (const partition of partitions) this.held.delete(partition);
  }

  clear(): void {
    this.held.clear();
  }

  fencesOf(partitions: Iterable<number>): readonly Fence[] {
    return [...new Set(partitions)].map((partition) => {
      const claimed = this.held.get(partition);
      // A number that no claim ever gives: the store will refuse it as stale.
      return { partition, number: claimed?.fence ?? -1 };
    });
  }

  /** The checkpoint that is furthest behind: where reading has to begin. */
  get least(): Position | undefined {
    let least: Position | undefined;
    for (const { position } of this.held.values()) {
      if (least === undefined || position.number < least.number) least = position;
    }
    return least;
  }

  get places(): readonly PartitionPlace[] {
    return [...this.held].map(([partition, { position }]) => ({ partition, position }));
  }

  positionOf(partition: number): Position | undefined {
    return this.held.get(partition)?.position;
  }

  cursorOf(partition: number): string | undefined {
    return this.held.get(partition)?.cursor;
  }

  isParked(event: StoredEvent): boolean {
    return this.held.get(this.partitionOf(event))?.parkedKeys.has(event.key) ?? false;
  }

  dispositionOf(event: StoredEvent): Disposition {
    const claimed = this.held.get(this.partitionOf(event));
    if (claimed === undefined) return 'foreign';
    const number = event.position.number;
    if (number <= claimed.position.number || number <= (claimed.aheadOfKey.get(event.key) ?? 0)) return 'done';
    return claimed.parkedKeys.has(event.key) ? 'parked' : 'due';
  }

  /** The moves that bring every partition that is behind a position up to it. */
  movesTo(position: Position): readonly CheckpointMove[] {
    return [...this.held]
      .filter(([, claimed]) => claimed.position.number < position.number)
      .map(([partition]) => ({ partition, position }));
  }

  /** Takes over what was committed. */
  committed<Transaction>(commit: CheckpointCommit<Transaction>): void {
    for (const { partition } of commit.fences) {
      const claimed = this.held.get(partition);
      if (claimed !== undefined) claimed.fence++;
    }
    for (const mark of commit.ahead) this.held.get(mark.partition)?.aheadOfKey.set(mark.key, mark.position.number);
    for (const letter of commit.deadLetters) this.held.get(letter.partition)?.parkedKeys.add(letter.key);
    for (const move of commit.moves) this.moved(move);
  }

  private moved(move: CheckpointMove): void {
    const claimed = this.held.get(move.partition);
    if (claimed === undefined) return;
    claimed.position = move.position;
    claimed.cursor = move.cursor;
    for (const [key, number] of claimed.aheadOfKey) {
      if (number <= move.position.number) claimed.aheadOfKey.delete(key);
    }
  }
}
