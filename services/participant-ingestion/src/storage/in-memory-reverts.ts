import type { Cuts } from '@poinciana/event-sourcing';
import { type Interruption, waitingForOf } from '../domain/interruption.js';
import { type LeftEntry, NO_REVERTS } from '../domain/revert-progress.js';
import type { LeftReason } from '../domain/undo.js';
import {
  type LeftPlace,
  type NewRevert,
  type RevertIdentity,
  type RevertProgress,
  type RevertRecord,
  Reverts,
  type RevertTask,
  type UploadsRevert,
} from './reverts.js';
import { UPLOAD_LEASE_MS } from './uploads.js';

interface Row {
  readonly record: RevertRecord;
  readonly left: readonly LeftEntry[];
  readonly failures: number;
  readonly holder?: string;
  readonly leaseUntilMs: number;
}

/** The twin for tests; `nowMs` stands for the database's clock. */
export class InMemoryReverts extends Reverts {
  private readonly rows = new Map<string, Row>();

  constructor(
    private readonly nowMs: () => number = () => 0,
    private readonly cuts?: Cuts,
  ) {
    super();
  }

  override async begin(revert: NewRevert): Promise<void> {
    this.cuts?.pass('before a revert is begun');
    const known = this.rows.get(nameOf(revert));
    if (known !== undefined && known.record.endedAt === undefined) return;
    const progress = { atNumber: revert.fromNumber, counts: NO_REVERTS };
    this.rows.set(nameOf(revert), { record: { ...revert, progress }, left: [], failures: 0, leaseUntilMs: 0 });
  }

  override async takeTask(holder: string): Promise<RevertTask | undefined> {
    this.cuts?.pass('before a revert is taken');
    const isFree = (row: Row) =>
      row.record.endedAt === undefined && (row.leaseUntilMs <= this.nowMs() || row.holder === holder);
    const free = [...this.rows.values()].find(isFree);
    if (free === undefined) return undefined;
    this.rows.set(nameOf(free.record), { ...free, holder, leaseUntilMs: this.leaseEnd() });
    return { ...goingOn(free.record), failures: free.failures, holder };
  }

  override async saveProgress(
    task: RevertTask,
    progress: RevertProgress,
    left: readonly LeftEntry[],
  ): Promise<boolean> {
    this.cuts?.pass('before the progress of a revert is saved');
    const isSaved = this.change(task, (row) => ({
      record: { ...goingOn(row.record), progress },
      left: [...row.left, ...left],
      failures: 0,
      leaseUntilMs: this.leaseEnd(),
    }));
    this.cuts?.pass('after the progress of a revert is saved');
    return isSaved;
  }

  override async release(task: RevertTask, interruption: Interruption): Promise<void> {
    const waitingFor = waitingForOf(interruption);
    this.change(task, ({ record, failures }) => ({
      leaseUntilMs: 0,
      failures: failures + (interruption === 'failed' ? 1 : 0),
      record: waitingFor === undefined ? goingOn(record) : { ...record, waitingFor },
    }));
  }

  override async end(task: RevertTask, endedAt: string, reason: string | undefined): Promise<boolean> {
    this.cuts?.pass('before a revert ends');
    const end = reason === undefined ? { endedAt } : { endedAt, reason };
    return this.change(task, ({ record }) => ({ record: { ...goingOn(record), ...end } }));
  }

  override async find(revert: RevertIdentity): Promise<RevertRecord | undefined> {
    const record = this.rows.get(nameOf(revert))?.record;
    return record?.workspace === revert.workspace && record.campaignId === revert.campaignId ? record : undefined;
  }

  override async ofUploads(
    workspace: string,
    uploadIds: readonly string[],
  ): Promise<ReadonlyMap<string, UploadsRevert>> {
    const shown = [...this.rows.values()].filter(
      ({ record }) => record.workspace === workspace && !record.isPreview && uploadIds.includes(record.id),
    );
    const isPartial = ({ left }: Row) => left.some(({ reason }) => reason !== 'customer_kept');
    return new Map(shown.map((row) => [row.record.id, { ...row.record, isPartial: isPartial(row) }]));
  }

  override async leftByReason(revert: RevertIdentity): Promise<Readonly<Partial<Record<LeftReason, number>>>> {
    const counts: Partial<Record<LeftReason, number>> = {};
    for (const { reason } of this.rows.get(nameOf(revert))?.left ?? []) counts[reason] = (counts[reason] ?? 0) + 1;
    return counts;
  }

  override async left(revert: RevertIdentity, limit: number, after?: LeftPlace): Promise<readonly LeftEntry[]> {
    const sorted = [...(this.rows.get(nameOf(revert))?.left ?? [])].sort(compare);
    return sorted.filter((entry) => after === undefined || compare(entry, after) > 0).slice(0, limit);
  }

  private change(task: RevertTask, changesOf: (row: Row) => Partial<Row>): boolean {
    const row = this.rows.get(nameOf(task));
    if (row === undefined || row.holder !== task.holder || row.record.endedAt !== undefined) return false;
    this.rows.set(nameOf(task), { ...row, ...changesOf(row) });
    return true;
  }

  private leaseEnd(): number {
    return this.nowMs() + UPLOAD_LEASE_MS;
  }
}

function nameOf({ id, isPreview }: Pick<RevertIdentity, 'id' | 'isPreview'>): string {
  return `${id} ${isPreview}`;
}

function compare(one: LeftPlace, other: LeftPlace): number {
  if (one.reason !== other.reason) return one.reason < other.reason ? -1 : 1;
  if (one.row !== other.row) return one.row - other.row;
  return one.subjectId < other.subjectId ? -1 : Number(one.subjectId > other.subjectId);
}

function goingOn({ waitingFor: _waited, ...record }: RevertRecord): RevertRecord {
  return record;
}
