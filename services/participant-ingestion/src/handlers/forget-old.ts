import type { FileStore } from '../storage/file-store.js';
import type { RequestAnswers } from '../storage/request-answers.js';
import type { Uploads } from '../storage/uploads.js';

export interface KeepTimes {
  /** How long the file of an upload and the problems of its rows are kept after its end. */
  readonly uploadsMs: number;
  /** How long an upload is kept of which not everything was received. */
  readonly unfinishedMs: number;
  /** How long the answer to an Idempotency-Key is kept. */
  readonly answersMs: number;
}

/** Removes what holds personal values outside of the log when its time is over (rule 11). */
export class ForgetOld {
  constructor(
    private readonly uploads: Uploads,
    private readonly files: FileStore,
    private readonly answers: RequestAnswers,
    private readonly keep: KeepTimes,
  ) {}

  /** Goes on until nothing is too old. */
  async run(): Promise<void> {
    await this.answers.forget(this.keep.answersMs);
    await this.forgetSilent();
    for (;;) {
      const expired = await this.uploads.expired(this.keep.uploadsMs);
      if (expired.length === 0) return;
      for (const id of expired) {
        await this.files.remove(id);
        await this.uploads.removeContent(id);
      }
    }
  }

  /** Uploads whose sender never came back. */
  private async forgetSilent(): Promise<void> {
    for (;;) {
      const silent = await this.uploads.silent(this.keep.unfinishedMs);
      if (silent.length === 0) return;
      for (const id of silent) {
        await this.files.remove(id);
        await this.uploads.refuse(id);
      }
    }
  }
}
