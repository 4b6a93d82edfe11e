import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@poinciana/event-sourcing';
import type { UploadIdentity, UploadRecord } from '../storage/uploads.js';
import type { UploadQueries } from './upload-queries.js';

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
  async watch(upload: UploadIdentity): Promise<AsyncGenerator<UploadRecord | undefined>> {
    if (this.watchers >= WATCHERS_MAX)
      throw new DomainError('too_many_watchers', 'Too many are watching; ask again later', 'conflict');
    return this.changes(await this.queries.find(upload));
  }

  /** Ends every watch: who still wants to know asks another process. */
  stop(): void {
    this.isStopped = true;
  }

  private async *changes(first: UploadRecord): AsyncGenerator<UploadRecord | undefined> {
    this.watchers += 1;
    try {
      let told = first;
      yield told;
      for (let silent = 0; told.state !== 'completed'; silent++) {
        await pause(LOOK_EVERY_MS);
        if (this.isStopped) return;
        const now = await this.queries.find(first);
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
}

function hasMoved(before: UploadRecord, now: UploadRecord): boolean {
  return now.state !== before.state || now.progress.nextRow !== before.progress.nextRow;
}
