import { DomainError } from '@poinciana/event-sourcing';
import { FileCheck, planFields } from '@poinciana/participant-file';
import type { Clock } from '@poinciana/service-kit';
import { NO_COUNTS } from '../domain/item-outcome.js';
import { readingOf, type UploadReading } from '../domain/upload-reading.js';
import { FileMissing, type FileStore } from '../storage/file-store.js';
import { type CheckTask, type RowProblem, UPLOAD_LEASE_MS, type Uploads } from '../storage/uploads.js';
import { IMPORT_FAILURES_MAX } from './import-upload.js';
import type { KnownCampaigns } from './known-campaigns.js';
import { LeaseLost, type StopSignal } from './lease-lost.js';
import type { UploadEvents } from './upload-events.js';

/** How often a check says that it is still at work. */
const KEEP_CHECKING_MS = UPLOAD_LEASE_MS / 4;
const HEADER_ROW = 1;

export interface CheckPorts {
  readonly uploads: Uploads;
  readonly files: FileStore;
  readonly campaigns: KnownCampaigns;
  readonly events: UploadEvents;
  readonly clock: Clock;
}

/**
 * Checks a file that came in parts, as one that comes at once is checked while it is received (A33). A file that is refused
 * ends its upload as Failed, with the code as its reason and the sentence among its problems. One that was canceled is not read:
 * it may not be whole.
 */
export class CheckUpload {
  constructor(private readonly ports: CheckPorts) {}

  /** Answers when the file is checked, the check was stopped, or it belongs to another process. Throws what interrupts it. */
  async run(task: CheckTask, stop: StopSignal): Promise<void> {
    try {
      if (task.failures >= IMPORT_FAILURES_MAX) await this.refuse(task, 'internal_error', []);
      else if (await this.ports.uploads.isCanceled(task.id)) await this.cancel(task);
      else await this.check(task, stop);
    } catch (error) {
      if (error instanceof FileMissing) await this.refuse(task, 'file_missing', []);
      else if (error instanceof DomainError) await this.refuse(task, error.code, [problemOf(error)]);
      else if (!(error instanceof LeaseLost)) throw error;
    }
  }

  private async check(task: CheckTask, stop: StopSignal): Promise<void> {
    const reading = await this.readingOf(task, stop);
    if (reading === undefined) await this.ports.uploads.release(task, 'stopped');
    else await this.ports.uploads.checked(task, reading);
  }

  /** Nothing of the file was imported, and nobody gets to see a part of it. */
  private async cancel(task: CheckTask): Promise<void> {
    await this.ports.files.remove(task.id);
    await this.refuse(task, 'canceled', []);
  }

  /** undefined when it was stopped. */
  private async readingOf(task: CheckTask, stop: StopSignal): Promise<UploadReading | undefined> {
    const { id, workspace, campaignId, parts } = task;
    if (parts === undefined) throw new Error(`The upload ${id} was not received in parts`);
    const target = await this.ports.campaigns.target(workspace, campaignId);
    const check = new FileCheck(planFields(target.fields));
    let toldAt = performance.now();
    for await (const piece of this.ports.files.read(id)) {
      await check.read(piece);
      if (stop.aborted) return undefined;
      if (performance.now() - toldAt < KEEP_CHECKING_MS) continue;
      toldAt = performance.now();
      if (!(await this.ports.uploads.keepChecking(task))) throw new LeaseLost('The lease of the upload was lost');
    }
    return readingOf(await check.end(), target, parts.dateFormat);
  }

  private async refuse(task: CheckTask, reason: string, problems: readonly RowProblem[]): Promise<void> {
    if (!(await this.ports.uploads.saveProgress(task, task.progress, problems))) return;
    await this.ports.events.received(task);
    await this.ports.events.completed(task, NO_COUNTS, reason);
    await this.ports.uploads.complete(task, {
      status: 'Failed',
      reason,
      completedAt: this.ports.clock.now().toISOString(),
    });
  }
}

function problemOf({ code, message, details }: DomainError): RowProblem {
  const { row = HEADER_ROW } = (details ?? {}) as { readonly row?: number };
  return { severity: 'error', row, ordinal: 0, field: '', value: '', code, reason: message };
}
