import type { Fence } from './checkpoint-store.js';
import type { PartitionPlace } from './group-progress.js';

/** What a member sees at a heartbeat. */
export interface GroupView {
  /** The members with a valid lease, this one among them, sorted. */
  readonly members: readonly string[];
  /** The partitions nobody with a valid lease holds, ascending. */
  readonly free: readonly number[];
  /** The partitions this member holds, ascending, and up to where each is handled. */
  readonly own: readonly PartitionPlace[];
}

/**
 * Who holds which partition of a group, where no broker says so. A member's lease covers all its partitions and runs on
 * the database's clock. An expired lease alone loses nothing: the fence of a partition changes only when another claims it.
 */
export interface PartitionLeases {
  /** Renews this member's lease. */
  heartbeat(group: string, member: string, leaseMs: number): Promise<GroupView>;
  /** Claims those of the partitions that are free or its own, and answers which. */
  claim(group: string, member: string, partitions: readonly number[]): Promise<readonly Fence[]>;
  release(group: string, member: string, partitions: readonly number[]): Promise<void>;
  /** Gives everything back at once. */
  leave(group: string, member: string): Promise<void>;
}

/** A member's share of the partitions, the same answer for every member that sees the same members. */
export function shareOf(member: string, members: readonly string[], partitionCount: number): readonly number[] {
  const place = members.indexOf(member);
  if (place < 0) return [];
  const share: number[] = [];
  for (let partition = place; partition < partitionCount; partition += members.length) share.push(partition);
  return share;
}
