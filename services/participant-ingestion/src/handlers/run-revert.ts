import { DomainError, type EventStore, type StoredEvent, TransientError } from '@poinciana/event-sourcing';
import { type FieldPlan, planFields } from '@poinciana/participant-file';
import type { Clock, Pace } from '@poinciana/service-kit';
import { addCounts } from '../domain/revert-progress.js';
import type { Reverts, RevertTask } from '../storage/reverts.js';
import type { Uploads } from '../storage/uploads.js';
import type { KnownCampaigns } from './known-campaigns.js';
import { LeaseLost, type StopSignal } from './lease-lost.js';
import { decideRevert, type RevertBatch } from './revert-batch.js';
import type { UploadEvents } from './upload-events.js';

/** Events of the log that are looked at in one step. */
export const REVERT_EVENTS_MAX = 1_000;
/** How often a step is decided while others change the same people. */
const ATTEMPTS_MAX = 10;
/** Runs that ended with a bug, one after the other, before the revert is given up. */
const REVERT_FAILURES_MAX = 5;

export interface RevertPorts {
  readonly store: EventStore;
  readonly reverts: Reverts;
  readonly uploads: Uploads;
  readonly campaigns: KnownCampaigns;
  readonly events: UploadEvents;
  readonly clock: Clock;
  readonly pace: Pace;
}

/**
 * Reads the part of the log in which an upload was imported, step by step, and undoes what it finds there: each step is
 * appended, then its progress is stored. A preview does the same and appends nothing.
 */
export class RunRevert {
  constructor(private readonly ports: RevertPorts) {}

  /** Answers when the revert has ended, was stopped, or belongs to another process. Throws what interrupts it. */
  async run(task: RevertTask, stop: StopSignal): Promise<void> {
    try {
      const reason =
        task.failures >= REVERT_FAILURES_MAX ? 'internal_error' : await this.steps(task, stop).catch(codeOfRefusal);
      if (reason === 'stopped') await this.ports.reverts.release(task, 'stopped');
      else await this.ports.reverts.end(task, this.now(), reason);
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }

  /** Why it ended early, if it did. */
  private async steps(task: RevertTask, stop: StopSignal): Promise<string | undefined> {
    let { progress } = task;
    const { shard, toNumber } = task;
    while (progress.atNumber < toNumber) {
      if (stop.aborted) return 'stopped';
      const { fields } = await this.ports.campaigns.target(task.workspace, task.campaignId);
      const after = { shard, number: progress.atNumber };
      const page = await this.ports.store.readLog(after, Math.min(REVERT_EVENTS_MAX, toNumber - progress.atNumber));
      const last = page.at(-1);
      if (last === undefined) throw new TransientError('The log ends before the end of the upload');
      const { counts, left } = await this.step(task, planFields(fields), page);
      progress = { atNumber: last.position.number, counts: addCounts(progress.counts, counts) };
      if (!(await this.ports.reverts.saveProgress(task, progress, left)))
        throw new LeaseLost('The lease of the revert was lost');
      await this.ports.pace.keep();
    }
    if (!task.isPreview) await this.tell(task, progress.counts);
    return undefined;
  }

  private async step(task: RevertTask, plan: FieldPlan, page: readonly StoredEvent[]): Promise<RevertBatch> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const batch = await decideRevert(this.ports.store, { task, plan, time: this.now() }, page);
      if (task.isPreview || batch.writes.length === 0) return batch;
      const outcomes = await this.ports.store.append(batch.writes);
      if (outcomes.every(({ outcome }) => outcome !== 'conflict')) return batch;
    }
    throw new TransientError(`Others changed the same people ${ATTEMPTS_MAX} times while an upload was reverted`);
  }

  private async tell(task: RevertTask, counts: RevertBatch['counts']): Promise<void> {
    const upload = await this.ports.uploads.find(task);
    if (upload === undefined) throw new Error(`The upload ${task.id} that is reverted is not there`);
    await this.ports.events.reverted({ ...upload, actor: task.actor }, counts);
  }

  private now(): string {
    return this.ports.clock.now().toISOString();
  }
}

function codeOfRefusal(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  throw error;
}
