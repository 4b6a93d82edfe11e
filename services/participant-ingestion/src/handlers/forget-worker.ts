import { setTimeout as pause } from 'node:timers/promises';
import type { ForgetOld } from './forget-old.js';

/** How often it is looked for what is too old to be kept. */
const LOOK_EVERY_MS = 10 * 60_000;

/** Removes what is too old, as long as the process lives. */
export class ForgetWorker {
  private readonly stopping = new AbortController();
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly forgetOld: ForgetOld,
    private readonly onFailed: (error: unknown) => void,
  ) {}

  start(): void {
    this.work = this.loop();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.forgetOld.run().catch(this.onFailed);
      // The pause ends early when the process stops.
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
