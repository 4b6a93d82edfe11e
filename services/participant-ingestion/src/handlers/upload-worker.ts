import { randomUUID } from 'node:crypto';
import { TransientError } from '@poinciana/event-sourcing';
import type { ImportTask, Uploads } from '../storage/uploads.js';
import type { ImportUpload } from './import-upload.js';

/** Imports at the same time in one process. */
export const IMPORTS_MAX = 2;
/** How often it is looked for uploads that nobody imports, beside being told. */
const POLL_MS = 2_000;

/** Told when an import is interrupted; it is taken up again. */
export type OnInterrupted = (uploadId: string | undefined, error: unknown) => void;

/** Imports what was received, in the background, and goes on with what others left. */
export class UploadWorker {
  private readonly holder = randomUUID();
  private stopping: AbortController | undefined;
  private loops: readonly Promise<void>[] = [];
  private sleepers: (() => void)[] = [];

  constructor(
    private readonly uploads: Uploads,
    private readonly importUpload: ImportUpload,
    private readonly onInterrupted: OnInterrupted,
  ) {}

  start(): void {
    const stopping = new AbortController();
    this.stopping = stopping;
    this.loops = Array.from({ length: IMPORTS_MAX }, (_, index) =>
      this.loop(`${this.holder.slice(0, -1)}${index}`, stopping.signal),
    );
  }

  /** There is something to import. */
  wake(): void {
    const { sleepers } = this;
    this.sleepers = [];
    sleepers.forEach((wakeUp) => wakeUp());
  }

  /** Ends after the chunks at hand. */
  async stop(): Promise<void> {
    this.stopping?.abort();
    this.wake();
    await Promise.all(this.loops);
  }

  private async loop(holder: string, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const worked = await this.importNext(holder, stop);
      if (!worked && !stop.aborted) await this.sleep();
    }
  }

  /** Imports one upload; false when there was none, or something went wrong. */
  private async importNext(holder: string, stop: AbortSignal): Promise<boolean> {
    let task: ImportTask | undefined;
    try {
      task = await this.uploads.takeTask(holder);
      if (task !== undefined) await this.importUpload.run(task, stop);
      return task !== undefined;
    } catch (error) {
      this.onInterrupted(task?.id, error);
      if (task !== undefined) await this.release(task, error);
      return false;
    }
  }

  /** A release that fails changes nothing but the time until the lease ends by itself. */
  private async release(task: ImportTask, cause: unknown): Promise<void> {
    const isBug = !(cause instanceof TransientError);
    await this.uploads.release(task, isBug).catch((error: unknown) => this.onInterrupted(task.id, error));
  }

  private sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.sleepers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
