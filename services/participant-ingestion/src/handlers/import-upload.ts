import { DomainError } from '@poinciana/event-sourcing';
import type { Clock, Pace } from '@poinciana/service-kit';
import {
  type Columns,
  type FieldPlan,
  matchColumns,
  planFields,
  type ReadItem,
  readRow,
  reportedValue,
} from '@poinciana/participant-file';
import { type ItemOrigins, originsOfDoor } from '../domain/item-origin.js';
import { countOutcomes, type ItemOutcome } from '../domain/item-outcome.js';
import { FileMissing, type FileStore } from '../storage/file-store.js';
import type { ImportProgress, ImportTask, RowProblem, Uploads } from '../storage/uploads.js';
import type { ItemBatch } from './item-batch.js';
import type { KnownCampaigns } from './known-campaigns.js';
import { LeaseLost, type StopSignal } from './lease-lost.js';
import { readChunks, type UploadChunk } from './upload-chunks.js';
import { uploadCommandId, type UploadEvents } from './upload-events.js';
import { haveNobodyInCommon, type PreparedBatch } from './prepared-batch.js';
import type { UpsertParticipants, UpsertResult } from './upsert-participants.js';

/** How many chunks may be appended whose progress is not stored yet. */
const CHUNKS_UNSTORED_MAX = 2;
/** How many chunks are being prepared behind the one whose turn it is. */
const CHUNKS_AHEAD = 1;
/** Imports that ended with a bug, one after the other, before the upload is given up. */
export const IMPORT_FAILURES_MAX = 5;

export interface ImportPorts {
  readonly uploads: Uploads;
  readonly files: FileStore;
  readonly campaigns: KnownCampaigns;
  readonly upserts: UpsertParticipants;
  readonly events: UploadEvents;
  readonly clock: Clock;
  readonly pace: Pace;
}

/**
 * Imports the rows of one upload from where it stopped. A chunk is appended, then its progress and problems are stored while the
 * chunk behind it is appended; those behind that are read and their customers reserved meanwhile. Two chunks about different people
 * are appended at the same time. Only the first chunks of a run, as many as may be appended and not stored, may have been begun before.
 */
export class ImportUpload {
  constructor(private readonly ports: ImportPorts) {}

  /**
   * Answers when the upload is completed, was stopped, or belongs to another process. Throws what interrupts it; the task
   * is then to be released and taken again.
   */
  async run(task: ImportTask, stop: StopSignal): Promise<void> {
    try {
      await this.ports.events.received(task);
      const run = new ImportRun(this.ports, task);
      const reason = task.failures >= IMPORT_FAILURES_MAX ? 'internal_error' : await reasonOf(() => run.rows(stop));
      if (reason === 'stopped') await this.ports.uploads.release(task, 'stopped');
      else await this.complete(task, run.progress, reason);
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }

  private async complete(task: ImportTask, { counts }: ImportProgress, reason: string | undefined): Promise<void> {
    await this.ports.events.completed(task, counts, reason);
    const status = counts.failed > 0 || reason !== undefined ? 'Failed' : 'Completed';
    const completedAt = this.ports.clock.now().toISOString();
    await this.ports.uploads.complete(
      task,
      reason === undefined ? { status, completedAt } : { status, completedAt, reason },
    );
  }
}

/** Why the file as a whole failed, if it did; the rows so far stay. */
async function reasonOf(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileMissing) return 'file_missing';
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** A chunk whose customers are being found and reserved. */
interface PreparingChunk {
  readonly chunk: UploadChunk;
  readonly preparing: Promise<PreparedBatch>;
}

/** One run over the rows that are left. */
class ImportRun {
  progress: ImportProgress;
  private readonly plan: FieldPlan;
  private readonly columns: Columns;
  private readonly origins: ItemOrigins;
  private mayBeRepeated = CHUNKS_UNSTORED_MAX;

  constructor(
    private readonly ports: ImportPorts,
    private readonly task: ImportTask,
  ) {
    this.progress = task.progress;
    this.plan = planFields(task.reading.fields);
    this.columns = matchColumns(task.reading.header, this.plan).columns;
    const { id, actor } = task;
    const causation = uploadCommandId(id, 'ReceiveUpload');
    this.origins = originsOfDoor({ door: 'upload', cause: id, uploadId: id, causation, actor });
  }

  async rows(stop: StopSignal): Promise<'stopped' | 'campaign_deleted' | 'canceled' | undefined> {
    let appending: Promise<unknown> = Promise.resolve();
    let storing: Promise<void> = Promise.resolve();
    let storingBefore: Promise<void> = storing;
    let before: PreparedBatch | undefined;
    try {
      for await (const { chunk, preparing } of this.preparing()) {
        const prepared = await preparing;
        const isApart = before === undefined || haveNobodyInCommon(before, prepared);
        await Promise.all([isApart ? undefined : appending, storingBefore]);
        const isDeleted = this.ports.campaigns.isDeleted(this.task.campaignId);
        const isCanceled = this.ports.uploads.isCanceled(this.task.id);
        const [deleted, canceled] = await Promise.all([isDeleted, isCanceled]);
        if (stop.aborted) return 'stopped';
        if (deleted) return 'campaign_deleted';
        // What is stored so far stays (A48).
        if (canceled) return 'canceled';
        const upserting = this.ports.upserts.write(prepared);
        [appending, storingBefore] = [upserting, storing];
        storing = this.store(chunk, prepared, upserting, storingBefore);
        before = prepared;
        // Awaited above or below; until then a rejection must not count as unhandled.
        for (const awaited of [appending, storing]) awaited.catch(() => undefined);
      }
    } finally {
      await storing;
    }
    return undefined;
  }

  /**
   * All chunks in their order, some of them begun before their turn; what was begun has ended when this ends. One after the other, so that
   * what two rows claim is the first one's.
   */
  private async *preparing(): AsyncGenerator<PreparingChunk, void> {
    const begun: PreparingChunk[] = [];
    let before: Promise<unknown> = Promise.resolve();
    try {
      for await (const chunk of readChunks(this.ports.files, this.task)) {
        const batch = this.batchOf(chunk);
        const preparing = before.then(() => this.ports.upserts.prepare(batch));
        before = preparing;
        // Awaited in its turn; until then a rejection must not count as unhandled.
        preparing.catch(() => undefined);
        begun.push({ chunk, preparing });
        if (begun.length > CHUNKS_AHEAD) yield* begun.splice(0, 1);
      }
      yield* begun;
    } finally {
      await Promise.allSettled(begun.map(({ preparing }) => preparing));
    }
  }

  private batchOf(chunk: UploadChunk): ItemBatch {
    const { workspace, campaignId, reading } = this.task;
    const { zone, dateFormat } = reading;
    const items = chunk.records.flatMap(
      ({ cells }, index) => readRow(cells, chunk.firstRow + index, this.columns, { zone, dateFormat }) ?? [],
    );
    const { origins } = this;
    const mayBeRepeated = this.mayBeRepeated > 0;
    this.mayBeRepeated -= 1;
    return { workspace, campaignId, plan: this.plan, zone, items, origins, mayBeRepeated };
  }

  private async store(
    chunk: UploadChunk,
    prepared: PreparedBatch,
    upserting: Promise<UpsertResult>,
    storingBefore: Promise<void>,
  ): Promise<void> {
    const [{ outcomes }] = await Promise.all([upserting, storingBefore]);
    const progress = {
      nextRow: chunk.firstRow + chunk.records.length,
      nextByte: chunk.endByte,
      counts: countOutcomes(this.progress.counts, outcomes),
      warned: this.progress.warned + outcomes.filter(({ warnings }) => warnings.length > 0).length,
    };
    const problems = prepared.batch.items.flatMap((item, index) => problemsOf(item, outcomes[index]));
    if (!(await this.ports.uploads.saveProgress(this.task, progress, problems)))
      throw new LeaseLost('The lease of the upload was lost');
    this.progress = progress;
    await this.ports.pace.keep();
  }
}

const NONE: readonly never[] = [];

function problemsOf({ number: row, given }: ReadItem, outcome: ItemOutcome | undefined): readonly RowProblem[] {
  if (outcome === undefined) return NONE;
  const errors = outcome.outcome === 'failed' ? outcome.problems : NONE;
  const { warnings } = outcome;
  if (errors.length === 0 && warnings.length === 0) return NONE;
  return [
    ...errors.map((error, ordinal) => ({ ...error, severity: 'error' as const, row, ordinal })),
    ...warnings.map((warning, ordinal) => {
      const value = reportedValue(given[warning.field] ?? '');
      return { ...warning, value, severity: 'warning' as const, row, ordinal };
    }),
  ];
}
