import { START, type Position } from '@poinciana/event-sourcing';
import type { KeyMark } from '../checkpoint-store.js';
import type { ListedDeadLetter } from '../dead-letter.js';

export interface GroupPartition {
  fence: number;
  position: Position;
  cursor: string | undefined;
  owner: string | undefined;
  ahead: Map<string, KeyMark>;
}

/** What a consumer's database knows of one group. */
export interface GroupRows {
  readonly partitions: Map<number, GroupPartition>;
  /** By the number of their position. */
  readonly deadLetters: Map<number, ListedDeadLetter>;
  /** The members and when their leases end, in milliseconds. */
  readonly members: Map<string, number>;
}

/** The tables of one consumer's database, shared by its checkpoints and its leases; one transaction at a time. */
export class InMemoryGroups {
  private readonly groups = new Map<string, GroupRows>();
  private last: Promise<unknown> = Promise.resolve();

  rowsOf(group: string): GroupRows {
    let rows = this.groups.get(group);
    if (rows === undefined) {
      rows = { partitions: new Map(), deadLetters: new Map(), members: new Map() };
      this.groups.set(group, rows);
    }
    return rows;
  }

  partitionOf(group: string, partition: number): GroupPartition {
    const { partitions } = this.rowsOf(group);
    let row = partitions.get(partition);
    if (row === undefined) {
      row = { fence: 0, position: START, cursor: undefined, owner: undefined, ahead: new Map() };
      partitions.set(partition, row);
    }
    return row;
  }

  /** Runs one transaction after the other. */
  inTurn<Answer>(transaction: () => Promise<Answer> | Answer): Promise<Answer> {
    const turn = this.last.then(transaction);
    // Its error is its caller's; the next transaction only waits for the end of this one.
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
