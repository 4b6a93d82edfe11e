import { setTimeout as pause } from 'node:timers/promises';
import { DomainError, TransientError } from '@poinciana/event-sourcing';
import type { UploadIdentity } from '../storage/uploads.js';
import type { ShownUpload, UploadQueries } from './upload-queries.js';

/** How often the counters are looked at while somebody watches. */
const LOOK_EVERY_MS = 250;
/** Looks without a change until the watcher is told that we are still there. */
const SILENT_LOOKS_MAX = 60;
/** Watchers in one process. */
export const WATCHERS_MAX = 500;

/** Tells watchers how an upload gets on, whichever process imports it. */
export class WatchUploads {
  private watchers = 0;
  private isStopped = false;

  constructor(private readonly queries: UploadQueries) {}

  /**
   * The upload as it is now, then each time its counters moved, and at last with its final status; undefined says only that
   * we are still there. Throws a `DomainError` for what is not in the workspace, or when too many watch.
   */
  async watch(upload: UploadIdentity): Promise<AsyncGenerator<ShownUpload | undefined>> {
    if (this.watchers >= WATCHERS_MAX)
      throw new DomainError('too_many_watchers', 'Too many are watching; ask again later', 'conflict');
    return this.changes(await this.queries.find(upload));
  }

  /** Ends every watch: who still wants to know asks another process. */
  stop(): void {
    this.isStopped = true;
  }

  private async *changes(first: ShownUpload): AsyncGenerator<ShownUpload | undefined> {
    this.watchers += 1;
    try {
      let told = first;
      yield told;
      for (let silent = 0; told.state !== 'completed'; silent++) {
        await pause(LOOK_EVERY_MS);
        if (this.isStopped) return;
        const now = await this.look(told);
        if (hasMoved(told, now)) silent = 0;
        else if (silent < SILENT_LOOKS_MAX) continue;
        yield hasMoved(told, now) ? now : undefined;
        silent = 0;
        told = now;
      }
    } finally {
      this.watchers -= 1;
    }
  }

  /** While it cannot be asked for, it is as it was last seen, and waits. */
  private async look(last: ShownUpload): Promise<ShownUpload> {
    try {
      return await this.queries.find(last);
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      return { ...last, waitingFor: 'unavailable' };
    }
  }
}

function hasMoved(before: ShownUpload, now: ShownUpload): boolean {
  const isGoingOn = now.state === before.state && now.waitingFor === before.waitingFor;
  return !isGoingOn || now.progress.nextRow !== before.progress.nextRow;
}
