import {
  derivedId,
  NO_STREAM,
  streamName,
  toNewEvents,
  TransientError,
  type EventStore,
} from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { isNobodyAsked, type SendOutcome } from '../channels/channel-adapter.js';
import { channel, type ChannelCommand, type ChannelEvent } from '../domain/channel.js';

/** Waves of calls that all found nobody, before a channel counts as failed. */
const UNREACHABLE_WAVES = 5;
/** Sends in a row whose outcomes are unknown, before a channel is left alone: each of them may be lost, and a person with it. */
const LOST_IN_A_ROW = 5;
/** Then one at a time is tried. A provider that restarts breaks all calls under way at once: it fails when that one is lost too. */
const LOST_WAVES = 2;
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

type Delay = Extract<SendOutcome, { readonly outcome: 'delayed' }>;

/** Why a channel is left alone: a code of the catalogue of reasons, and the provider's own word. */
interface Failure {
  readonly code: string;
  readonly providerCode?: string | undefined;
}

interface Health {
  failedWaves: number;
  /** Unknown outcomes since the provider last answered anything. */
  lostInARow: number;
  pausedUntil: number;
  /** What the log says, and until when that is believed. */
  isFailed: boolean | undefined;
  knownUntil: number;
}

/**
 * The breaker of each channel. It leaves a channel that fails as a whole alone for a growing while, and writes in its stream when
 * it turns bad and when it takes messages again; from that, campaigns go into Error (A49). To fail is to refuse everything, not to be
 * reached, or to answer nothing: then a send costs a person, and one at a time is tried until the provider answers.
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
    if (isNobodyAsked(outcome)) return 0;
    const health = this.healthOf(watched.channelId);
    if (outcome.outcome === 'unknown') return this.noteLost(watched, health, outcome.providerCode);
    if (isAnswer(outcome)) health.lostInARow = 0;
    if (outcome.outcome === 'delayed' && outcome.scope === 'channel') return this.noteDelay(watched, health, outcome);
    health.failedWaves = 0;
    if (outcome.outcome === 'accepted') this.settle(watched, health, undefined);
    return 0;
  }

  /** Whether the channel takes what it is given and does not say what becomes of it: whatever is sent over it may be lost. */
  isLosing(channelId: string): boolean {
    return (this.health.get(channelId)?.lostInARow ?? 0) >= LOST_IN_A_ROW;
  }

  /** Waits until what was noted stands in the log. */
  async written(): Promise<void> {
    await this.writing;
  }

  private noteDelay(watched: WatchedChannel, health: Health, delay: Delay): number {
    const asked = delay.retryAfterMs ?? 0;
    if (delay.code === 'rate_limited') return Math.max(PAUSE_FIRST_MS, asked);
    const wavesMax = delay.code === 'channel_refused' ? 0 : UNREACHABLE_WAVES;
    return this.pauseAfter(watched, health, delay, { asked, wavesMax });
  }

  private noteLost(watched: WatchedChannel, health: Health, providerCode: string | undefined): number {
    health.lostInARow += 1;
    if (health.lostInARow < LOST_IN_A_ROW) return 0;
    const failure: Failure = { code: 'provider_unresponsive', providerCode };
    return this.pauseAfter(watched, health, failure, { asked: 0, wavesMax: LOST_WAVES });
  }

  /** The channel has failed after so many waves, each behind a pause that is longer than the one before. */
  private pauseAfter(
    watched: WatchedChannel,
    health: Health,
    failure: Failure,
    { asked, wavesMax }: { readonly asked: number; readonly wavesMax: number },
  ): number {
    const now = this.now();
    // Calls that were under way when the pause began say nothing new.
    if (now >= health.pausedUntil) health.failedWaves += 1;
    const growing = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** Math.min(health.failedWaves - 1, 20));
    const pauseMs = Math.max(asked, growing);
    health.pausedUntil = Math.max(health.pausedUntil, now + pauseMs);
    if (health.failedWaves >= wavesMax) this.settle(watched, health, failure);
    return pauseMs;
  }

  private now(): number {
    return (this.sources.now ?? (() => performance.now()))();
  }

  private healthOf(channelId: string): Health {
    const known = this.health.get(channelId);
    if (known !== undefined) return known;
    const fresh: Health = { failedWaves: 0, lostInARow: 0, pausedUntil: 0, isFailed: undefined, knownUntil: 0 };
    this.health.set(channelId, fresh);
    return fresh;
  }

  /** Writes what changed, beside the sends; what could not be written is written with the next outcome. */
  private settle(watched: WatchedChannel, health: Health, failure: Failure | undefined): void {
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

/** Whether the provider said something: whatever it was, it does not lose what it is given. */
function isAnswer(outcome: Exclude<SendOutcome, { readonly outcome: 'unknown' }>): boolean {
  return outcome.outcome !== 'delayed' || outcome.code !== 'provider_unreachable';
}
