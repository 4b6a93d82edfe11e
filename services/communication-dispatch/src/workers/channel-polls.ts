import { setTimeout as pause } from 'node:timers/promises';
import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { PollChannel } from '../handlers/poll-channel.js';

/** How often it is looked for channels that began or ceased to be polled. */
const LOOK_EVERY_MS = 2_000;
/** The longest pause after polls that failed. */
const FAILED_PAUSE_MAX_MS = 30_000;
const FAILED_PAUSE_FIRST_MS = 1_000;

/** One loop for each channel that is asked for its news. */
export class ChannelPolls<Transaction> implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('communication-dispatch');
  private readonly stopping = new AbortController();
  private readonly loops = new Map<string, Promise<void>>();
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly polls: PollChannel<Transaction>,
    private readonly onStored: () => void,
  ) {}

  onApplicationBootstrap(): void {
    this.looking = this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.looking;
    await Promise.all(this.loops.values());
  }

  private async look(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        for (const channelId of await this.polls.polledChannels()) {
          if (this.loops.has(channelId)) continue;
          this.loops.set(
            channelId,
            this.follow(channelId).finally(() => this.loops.delete(channelId)),
          );
        }
      } catch (error) {
        this.logger.warn({ error: nameOf(error) }, 'Channels that are polled could not be read');
      }
      await rest(LOOK_EVERY_MS, signal);
    }
  }

  /** Polls until the channel is not to be polled any more. */
  private async follow(channelId: string): Promise<void> {
    const { signal } = this.stopping;
    let cursor: string | undefined;
    let failures = 0;
    while (!signal.aborted) {
      try {
        const polled = await this.polls.poll(channelId, cursor, signal);
        if (polled === 'over') return;
        failures = polled.failed === undefined ? 0 : failures + 1;
        cursor = polled.cursor;
        if (polled.stored > 0) this.onStored();
      } catch (error) {
        failures += 1;
        this.logger.warn({ channelId, error: nameOf(error) }, 'What a channel told could not be stored');
      }
      if (failures > 0)
        await rest(Math.min(FAILED_PAUSE_MAX_MS, FAILED_PAUSE_FIRST_MS * 2 ** Math.min(failures - 1, 10)), signal);
    }
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
