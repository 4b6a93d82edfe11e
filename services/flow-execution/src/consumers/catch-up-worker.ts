import { setTimeout as pause } from 'node:timers/promises';
import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TransientError } from '@poinciana/event-sourcing';
import type { ProgressSource } from '@poinciana/service-kit';
import type { CatchUpHandler } from '../handlers/catch-up.js';
import { RUNS_GROUP } from './runs.consumer.js';

/** How often somebody looks for a Start that left something to do. */
const LOOK_EVERY_MS = 250;

/** Works off what Starts left to do, as long as the process lives. */
export class CatchUpWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly log = new Logger('catch-up');
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly catchUp: Pick<CatchUpHandler<never>, 'workOffOne'>,
    private readonly progress: ProgressSource,
  ) {}

  onApplicationBootstrap(): void {
    this.work = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await pause(LOOK_EVERY_MS, undefined, { signal: this.stopping.signal }).catch(ignoreAbort);
      while (!this.stopping.signal.aborted && (await this.tryOnce()));
    }
  }

  private async tryOnce(): Promise<boolean> {
    try {
      const { position } = await this.progress.progressOf(RUNS_GROUP);
      return await this.catchUp.workOffOne(position.number, () => this.stopping.signal.aborted);
    } catch (error) {
      const told = `Catching up after a Start is tried again: ${error instanceof Error ? error.name : 'unknown'}`;
      // The database is away, or the group has not begun yet: readiness says so, and this would say it four times a second.
      if (error instanceof TransientError) this.log.debug(told);
      else this.log.warn(told);
      return false;
    }
  }
}

/** The pause ends early when the process stops; anything else is news. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
