import { setTimeout as pause } from 'node:timers/promises';
import { TransientError } from '@poinciana/event-sourcing';

/** The longest pause after something outside was away, or after a bug. */
const TROUBLE_PAUSE_MAX_MS = 5_000;
const TROUBLE_PAUSE_FIRST_MS = 50;

export interface PassLoopOptions {
  /** Works off a batch; answers how much there was. */
  readonly pass: () => Promise<number>;
  /** How long to rest when there was nothing, in milliseconds; asked each time. */
  readonly restMs: () => Promise<number>;
  /** Told of every failed pass; the loop goes on after a growing pause. */
  readonly onTrouble: (error: unknown, isTransient: boolean) => void;
}

/** Does passes, one after the other, until it is stopped. */
export class PassLoop {
  private readonly stopping = new AbortController();
  private rest = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: PassLoopOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Ends a rest, or leaves out the one behind the pass at hand, which may not have seen what there is to do. */
  wake(): void {
    // An abort makes an error each time, and many call at once.
    if (!this.rest.signal.aborted) this.rest.abort();
  }

  /** Finishes the pass at hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.rest.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      this.rest = new AbortController();
      try {
        const done = await this.options.pass();
        failures = 0;
        if (done === 0) await this.restFor(await this.options.restMs());
      } catch (error) {
        failures += 1;
        this.options.onTrouble(error, error instanceof TransientError);
        // Whoever woke it before knew nothing of the failure.
        this.rest = new AbortController();
        await this.restFor(Math.min(TROUBLE_PAUSE_MAX_MS, TROUBLE_PAUSE_FIRST_MS * 2 ** Math.min(failures, 10)));
      }
    }
  }

  private async restFor(ms: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const { signal } = this.rest;
    try {
      await pause(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
