import { randomUUID } from 'node:crypto';
import type { CheckpointStore } from '../checkpoint-store.js';
import { takenBack } from '../group-progress.js';
import { shareOf, type GroupView, type PartitionLeases } from '../partition-leases.js';
import type { ClaimedPartitions } from '../processing/claimed-partitions.js';

/** Times and numbers of a membership. */
export interface MembershipBounds {
  /** The same for all members for ever. */
  readonly partitionCount: number;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  /** A batch in hand for longer than this no longer renews the lease: it may hang for ever. */
  readonly batchMsMax: number;
  /** A checkpoint moves over events that nobody wants at most this often. */
  readonly idleCommitMs: number;
}

export const MEMBERSHIP_BOUNDS: MembershipBounds = {
  partitionCount: 16,
  leaseMs: 10_000,
  heartbeatMs: 500,
  batchMsMax: 600_000,
  idleCommitMs: 100,
};

export interface MemberShareOptions {
  readonly group: string;
  readonly leases: PartitionLeases;
  readonly checkpoints: CheckpointStore<never>;
  readonly claims: ClaimedPartitions;
  readonly membership: MembershipBounds;
}

/**
 * Keeps a member at its share of the partitions. There is no leader: every member sees the same members and so computes the
 * same shares; each gives back what is not its own and claims what is free of it.
 */
export class MemberShare {
  private readonly member = randomUUID();
  private view: GroupView | undefined;
  /** Partitions whose checkpoints are to be read again. */
  private takenBack: readonly number[] = [];

  constructor(private readonly options: MemberShareOptions) {}

  /**
   * Renews the lease. Answers whether something is to be given back or claimed; also what a crash of the database took back, which
   * nobody else would tell a member of a quiet log.
   */
  async beat(): Promise<boolean> {
    const { leases, group, claims, membership } = this.options;
    const known = claims.places;
    const view = await leases.heartbeat(group, this.member, membership.leaseMs);
    this.view = view;
    this.takenBack = takenBack(known, view.own);
    return this.takenBack.length > 0 || this.toRelease(view).length > 0 || this.toClaim(view).length > 0;
  }

  /** Gives back and claims what the last heartbeat has shown, once. Never while a batch is in hand. Answers whether it claimed. */
  async rebalance(): Promise<boolean> {
    const { view } = this;
    if (view === undefined) return false;
    this.view = undefined;
    const { leases, group, claims, checkpoints } = this.options;
    claims.drop(this.takenBack);
    const releasing = this.toRelease(view);
    if (releasing.length > 0) {
      claims.drop(releasing);
      await leases.release(group, this.member, releasing);
    }
    const claiming = this.toClaim(view);
    if (claiming.length === 0) return false;
    const fences = await leases.claim(group, this.member, claiming);
    if (fences.length === 0) return false;
    const partitions = fences.map(({ partition }) => partition);
    claims.hold(fences, await checkpoints.load(group, partitions));
    return true;
  }

  async leave(): Promise<void> {
    await this.options.leases.leave(this.options.group, this.member);
  }

  private shareIn(view: GroupView): readonly number[] {
    return shareOf(this.member, view.members, this.options.membership.partitionCount);
  }

  private toRelease(view: GroupView): readonly number[] {
    const share = new Set(this.shareIn(view));
    const own = view.own.map(({ partition }) => partition);
    return [...new Set([...this.options.claims.partitions, ...own])].filter((partition) => !share.has(partition));
  }

  private toClaim(view: GroupView): readonly number[] {
    const held = new Set(this.options.claims.partitions);
    const claimable = new Set([...view.free, ...view.own.map(({ partition }) => partition)]);
    return this.shareIn(view).filter((partition) => !held.has(partition) && claimable.has(partition));
  }
}
