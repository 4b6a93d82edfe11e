import type { Cuts } from '@poinciana/event-sourcing';
import { type Interruption, waitingForOf } from '../domain/interruption.js';
import { NO_COUNTS } from '../domain/item-outcome.js';
import type { UploadReading } from '../domain/upload-reading.js';
import { InMemoryUploadProblems } from './in-memory-upload-problems.js';
import { isCutOff, recordOf, type Row } from './in-memory-upload-row.js';
import {
  type CheckTask,
  type HeldUpload,
  type ImportProgress,
  type ImportTask,
  type NewUpload,
  PARTS_LEASE_MS,
  type ProblemGroup,
  type RowProblem,
  type Severity,
  UPLOAD_LEASE_MS,
  type UploadEnd,
  type UploadIdentity,
  type UploadRecord,
  Uploads,
  type UploadTotals,
} from './uploads.js';

const FIRST_ROW = 2;

/** The twin for tests; `nowMs` stands for the database's clock. */
export class InMemoryUploads extends Uploads {
  private readonly rows = new Map<string, Row>();
  private readonly rowProblems = new InMemoryUploadProblems();

  constructor(
    private readonly nowMs: () => number = () => 0,
    private readonly cuts?: Cuts,
  ) {
    super();
  }

  override async reserve(
    upload: NewUpload,
  ): Promise<{ readonly reserved: boolean; readonly abandoned: readonly string[] }> {
    this.cuts?.pass('before an upload is reserved');
    const underWay = [...this.rows.values()].find(
      (row) => row.workspace === upload.workspace && row.campaignId === upload.campaignId && row.state !== 'completed',
    );
    const isAbandoned = underWay?.state === 'receiving' && underWay.leaseUntilMs <= this.nowMs();
    if (underWay !== undefined && !isAbandoned) return { reserved: false, abandoned: [] };
    if (underWay !== undefined) this.rows.delete(underWay.id);
    const progress = beginningAt(0);
    const fresh = { state: 'receiving', status: 'Processing', bytes: 0, progress, importMs: 0, failures: 0 } as const;
    this.rows.set(upload.id, { ...upload, ...fresh, leaseUntilMs: this.leaseEnd(upload.parts) });
    return { reserved: true, abandoned: underWay === undefined ? [] : [underWay.id] };
  }

  override async keepReceiving(id: string): Promise<boolean> {
    return this.change(id, (row) => row.state === 'receiving' && { leaseUntilMs: this.leaseEnd(row.parts) });
  }

  override async received(id: string, bytes: number, reading: UploadReading): Promise<boolean> {
    this.cuts?.pass('before an upload is received');
    const progress = beginningAt(reading.headerEndByte);
    return this.change(
      id,
      (row) => row.state === 'receiving' && { state: 'importing', bytes, reading, progress, leaseUntilMs: 0 },
    );
  }

  override async refuse(id: string): Promise<void> {
    if (this.rows.get(id)?.state === 'receiving') this.rows.delete(id);
  }

  override async receivedInParts(id: string): Promise<boolean> {
    this.cuts?.pass('before an upload is received in parts');
    return this.change(
      id,
      ({ state, parts }) =>
        state === 'receiving' && parts !== undefined && { state: 'importing', bytes: parts.bytes, leaseUntilMs: 0 },
    );
  }

  override async takeUnchecked(holder: string): Promise<CheckTask | undefined> {
    this.cuts?.pass('before an upload is checked');
    return this.take(holder, ({ reading }) => reading === undefined);
  }

  override async keepChecking(task: HeldUpload): Promise<boolean> {
    return this.change(task.id, (row) => this.holds(row, task) && goingOn({ leaseUntilMs: this.leaseEnd() }));
  }

  override async checked(task: HeldUpload, reading: UploadReading): Promise<boolean> {
    this.cuts?.pass('before a check is stored');
    const progress = beginningAt(reading.headerEndByte);
    return this.change(
      task.id,
      (row) => this.holds(row, task) && goingOn({ reading, progress, failures: 0, leaseUntilMs: 0 }),
    );
  }

  override async silent(silentMs: number): Promise<readonly string[]> {
    const isSilent = (row: Row) => row.state === 'receiving' && row.leaseUntilMs + silentMs <= this.nowMs();
    return [...this.rows.values()].filter(isSilent).map(({ id }) => id);
  }

  override async takeTask(holder: string): Promise<ImportTask | undefined> {
    this.cuts?.pass('before a task is taken');
    const task = this.take(holder, ({ reading }) => reading !== undefined);
    const reading = task && this.rows.get(task.id)?.reading;
    return task === undefined || reading === undefined ? undefined : { ...task, reading };
  }

  override async saveProgress(
    task: HeldUpload,
    progress: ImportProgress,
    problems: readonly RowProblem[],
  ): Promise<boolean> {
    this.cuts?.pass('before progress is saved');
    const isSaved = await this.change(
      task.id,
      (row) => this.holds(row, task) && goingOn({ progress, failures: 0, leaseUntilMs: this.leaseEnd() }),
    );
    if (isSaved) this.rowProblems.add(task.id, problems);
    this.cuts?.pass('after progress is saved');
    return isSaved;
  }

  override async release(task: HeldUpload, interruption: Interruption): Promise<void> {
    const waiting = waitingForOf(interruption);
    await this.change(task.id, (row) => {
      if (!this.holds(row, task)) return false;
      const released = { leaseUntilMs: 0, failures: row.failures + (interruption === 'failed' ? 1 : 0) };
      return waiting === undefined ? goingOn(released) : { ...released, waiting };
    });
  }

  override async complete(task: HeldUpload, end: UploadEnd): Promise<boolean> {
    this.cuts?.pass('before an upload is completed');
    return this.change(
      task.id,
      (row) => this.holds(row, task) && goingOn({ ...end, state: 'completed', endedAtMs: this.nowMs() }),
    );
  }

  override async cancel({ id, workspace, campaignId }: UploadIdentity): Promise<boolean> {
    const isTheirs = (row: Row) => row.workspace === workspace && row.campaignId === campaignId;
    const receivedNoMore = { state: 'importing', leaseUntilMs: 0 } as const;
    return this.change(id, (row) => {
      if (!isTheirs(row) || row.state === 'completed') return false;
      const isInParts = row.state === 'receiving' && row.parts !== undefined;
      return { isCanceled: true, ...(isInParts && receivedNoMore) };
    });
  }

  override async isCanceled(id: string): Promise<boolean> {
    return this.rows.get(id)?.isCanceled === true;
  }

  override async expired(keptMs: number): Promise<readonly string[]> {
    const isOver = (row: Row) => row.state === 'completed' && (row.endedAtMs ?? 0) + keptMs <= this.nowMs();
    return [...this.rows.values()].filter((row) => isOver(row) && row.isRemoved !== true).map(({ id }) => id);
  }

  override async removeContent(id: string): Promise<void> {
    this.cuts?.pass('before the content of an upload is removed');
    this.rowProblems.remove(id);
    await this.change(id, () => ({ isRemoved: true }));
  }

  override async find(upload: UploadIdentity): Promise<UploadRecord | undefined> {
    const row = this.rows.get(upload.id);
    return row?.workspace === upload.workspace && row.campaignId === upload.campaignId ? recordOf(row) : undefined;
  }

  override async list(
    workspace: string,
    campaignId: string,
    limit: number,
    after?: string,
  ): Promise<readonly UploadRecord[]> {
    const records = this.recordsOf(workspace, campaignId, (row) => !isCutOff(row, this.nowMs()));
    const from = after === undefined ? 0 : records.findIndex(({ id }) => id === after) + 1;
    return records.slice(from, from + limit);
  }

  override async totals(workspace: string, campaignId: string): Promise<UploadTotals> {
    const records = this.recordsOf(workspace, campaignId);
    const rows = records.reduce((sum, { progress }) => sum + progress.counts.rows, 0);
    const last = records[0]?.receivedAt;
    return last === undefined ? { rows } : { rows, lastReceivedAt: last };
  }

  override async problems(
    id: string,
    severity: Severity,
    after: { readonly row: number; readonly ordinal: number },
  ): Promise<readonly RowProblem[]> {
    return this.rowProblems.behind(id, severity, after);
  }

  override async problemGroups(id: string, severity: Severity): Promise<readonly ProblemGroup[]> {
    return this.rowProblems.groups(id, severity);
  }

  private take(holder: string, isWanted: (row: Row) => boolean): CheckTask | undefined {
    const isFree = (row: Row) =>
      row.state === 'importing' && (row.leaseUntilMs <= this.nowMs() || row.holder === holder);
    const row = [...this.rows.values()].find((each) => isFree(each) && isWanted(each));
    if (row === undefined) return undefined;
    this.rows.set(row.id, { ...row, holder, leaseUntilMs: this.leaseEnd() });
    const { id, workspace, campaignId, fileName, actor, receivedAt, bytes, progress, failures, parts } = row;
    const task = { id, workspace, campaignId, fileName, actor, receivedAt, bytes, progress, failures, holder };
    return parts === undefined ? task : { ...task, parts };
  }

  private recordsOf(workspace: string, campaignId: string, isWanted = (_: Row) => true): readonly UploadRecord[] {
    const ofCampaign = (row: Row) => row.workspace === workspace && row.campaignId === campaignId;
    const rows = [...this.rows.values()].filter((row) => ofCampaign(row) && isWanted(row));
    const order = (row: Row) => `${row.receivedAt} ${row.id}`;
    return rows.sort((one, other) => (order(one) < order(other) ? 1 : -1)).map(recordOf);
  }

  private holds(row: Row, task: HeldUpload): boolean {
    return row.state === 'importing' && row.holder === task.holder;
  }

  private leaseEnd(parts?: NewUpload['parts']): number {
    return this.nowMs() + (parts === undefined ? UPLOAD_LEASE_MS : PARTS_LEASE_MS);
  }

  private async change(id: string, change: (row: Row) => Partial<Row> | false): Promise<boolean> {
    const row = this.rows.get(id);
    const changes = row === undefined ? false : change(row);
    if (row === undefined || changes === false) return false;
    this.rows.set(id, { ...row, ...changes });
    return true;
  }
}

function beginningAt(nextByte: number): ImportProgress {
  return { nextRow: FIRST_ROW, nextByte, counts: NO_COUNTS, warned: 0 };
}

function goingOn(change: Partial<Row>): Partial<Row> {
  return { ...change, waiting: undefined };
}
