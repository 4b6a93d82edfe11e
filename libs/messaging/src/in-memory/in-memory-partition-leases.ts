import type { Fence } from '../checkpoint-store.js';
import type { GroupView, PartitionLeases } from '../partition-leases.js';
import type { GroupRows, InMemoryGroups } from './in-memory-groups.js';

export class InMemoryPartitionLeases implements PartitionLeases {
  constructor(private readonly groups: InMemoryGroups) {}

  heartbeat(group: string, member: string, leaseMs: number): Promise<GroupView> {
    return this.groups.inTurn(() => {
      const rows = this.groups.rowsOf(group);
      rows.members.set(member, performance.now() + leaseMs);
      const partitions = [...rows.partitions].sort(([one], [other]) => one - other);
      return {
        members: livingOf(rows).sort(),
        free: partitions.filter(([, row]) => isFree(rows, row.owner)).map(([partition]) => partition),
        own: partitions
          .filter(([, row]) => row.owner === member)
          .map(([partition, { position }]) => ({ partition, position })),
      };
    });
  }

  claim(group: string, member: string, partitions: readonly number[]): Promise<readonly Fence[]> {
    return this.groups.inTurn(() => {
      const rows = this.groups.rowsOf(group);
      const fences: Fence[] = [];
      for (const partition of partitions) {
        const row = this.groups.partitionOf(group, partition);
        if (row.owner !== member && !isFree(rows, row.owner)) continue;
        row.owner = member;
        row.fence++;
        fences.push({ partition, number: row.fence });
      }
      return fences;
    });
  }

  release(group: string, member: string, partitions: readonly number[]): Promise<void> {
    return this.groups.inTurn(() => {
      for (const partition of partitions) {
        const row = this.groups.partitionOf(group, partition);
        if (row.owner === member) row.owner = undefined;
      }
    });
  }

  async leave(group: string, member: string): Promise<void> {
    const rows = this.groups.rowsOf(group);
    await this.release(group, member, [...rows.partitions.keys()]);
    rows.members.delete(member);
  }
}

function livingOf(rows: GroupRows): string[] {
  const now = performance.now();
  return [...rows.members].filter(([, leaseEndsAt]) => leaseEndsAt > now).map(([member]) => member);
}

function isFree(rows: GroupRows, owner: string | undefined): boolean {
  return owner === undefined || !livingOf(rows).includes(owner);
}
