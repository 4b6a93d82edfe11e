import {
  derivedId,
  NO_STREAM,
  streamName,
  toNewEvents,
  TransientError,
  type EventStore,
} from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { SendOutcome } from '../channels/channel-adapter.js';
import { channel, type ChannelCommand, type ChannelEvent } from '../domain/channel.js';

/** Waves of calls that all found nobody, before a channel counts as failed. */
const UNREACHABLE_WAVES = 5;
const PAUSE_FIRST_MS = 1_000;
const PAUSE_MAX_MS = 60_000;
/** How long what the log says of a channel is taken as it was. */
const KNOWN_MS = 10_000;
const ACTOR = 'service:communication-dispatch';

export interface WatchedChannel {
  readonly workspace: string;
  readonly channelId: string;
  readonly channelType: string;
}

interface Health {
  failedWaves: number;
  pausedUntil: number;
  /** What the log says, and until when that is believed. */
  isFailed: boolean | undefined;
  knownUntil: number;
}

/**
 * The breaker of each channel. It leaves a channel that fails as a whole alone for a growing while, and writes in its stream when
 * it turns bad and when it takes messages again; from that, campaigns go into Error (A49).
 */
export class WatchChannels {
  private readonly health = new Map<string, Health>();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly sources: {
      readonly store: EventStore;
      readonly clock: Clock;
      readonly report: (fault: { readonly what: string; readonly id: string; readonly error?: unknown }) => void;
      readonly now?: (() => number) | undefined;
    },
  ) {}

  /** Takes note of what became of a call; answers how long the channel is to be left alone, in milliseconds. */
  note(watched: WatchedChannel, outcome: SendOutcome): number {
    if (outcome.outcome === 'unknown') return 0;
    const health = this.healthOf(watched.channelId);
    if (outcome.outcome !== 'delayed' || outcome.scope === 'person') {
      health.failedWaves = 0;
      if (outcome.outcome === 'accepted') this.settle(watched, health, undefined);
      return 0;
    }
    const asked = outcome.retryAfterMs ?? 0;
    if (outcome.code === 'rate_limited') return Math.max(PAUSE_FIRST_MS, asked);
    const now = this.now();
    // Calls that were under way when the pause began say nothing new.
    if (now >= health.pausedUntil) health.failedWaves += 1;
    const growing = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** Math.min(health.failedWaves - 1, 20));
    const pauseMs = Math.max(asked, growing);
    health.pausedUntil = Math.max(health.pausedUntil, now + pauseMs);
    if (outcome.code === 'channel_refused' || health.failedWaves >= UNREACHABLE_WAVES)
      this.settle(watched, health, outcome);
    return pauseMs;
  }

  /** Waits until what was noted stands in the log. */
  async written(): Promise<void> {
    await this.writing;
  }

  private now(): number {
    return (this.sources.now ?? (() => performance.now()))();
  }

  private healthOf(channelId: string): Health {
    const known = this.health.get(channelId);
    if (known !== undefined) return known;
    const fresh: Health = { failedWaves: 0, pausedUntil: 0, isFailed: undefined, knownUntil: 0 };
    this.health.set(channelId, fresh);
    return fresh;
  }

  /** Writes what changed, beside the sends; what could not be written is written with the next outcome. */
  private settle(
    watched: WatchedChannel,
    health: Health,
    failure: Extract<SendOutcome, { readonly outcome: 'delayed' }> | undefined,
  ): void {
    const isFailed = failure !== undefined;
    if (health.isFailed === isFailed && health.knownUntil > this.now()) return;
    health.isFailed = isFailed;
    health.knownUntil = this.now() + KNOWN_MS;
    const { channelId, channelType } = watched;
    const word = failure?.providerCode === undefined ? {} : { providerCode: failure.providerCode };
    const command: ChannelCommand =
      failure === undefined
        ? { type: 'HealChannel', channelId, channelType }
        : { type: 'FailChannel', channelId, channelType, code: failure.code, ...word };
    this.writing = this.writing.then(async () => {
      try {
        await this.write(watched, command);
      } catch (error) {
        health.knownUntil = 0;
        if (!(error instanceof TransientError)) this.sources.report({ what: 'channel', id: channelId, error });
      }
    });
  }

  /** A conflict means that another process says the same. */
  private async write({ workspace, channelId }: WatchedChannel, command: ChannelCommand): Promise<void> {
    const stream = streamName('channel', channelId);
    const [last] = await this.sources.store.readLast([stream]);
    const decided = channel.decide(command, { isFailed: last?.type === 'ChannelFailed' });
    if (decided.length === 0) return;
    const revision = last?.revision ?? NO_STREAM;
    const commandId = derivedId('channel', channelId, command.type, revision);
    const time = this.sources.clock.now().toISOString();
    const context = {
      workspace,
      key: channelId,
      correlation: commandId,
      causation: commandId,
      hop: 0,
      actor: ACTOR,
      time,
    };
    const events = toNewEvents<ChannelEvent>(context, commandId, stream, decided);
    await this.sources.store.append([{ stream, expectedRevision: revision, events }]);
  }
}
