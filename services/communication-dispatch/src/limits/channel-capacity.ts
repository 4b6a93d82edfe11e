import { type PeopleRule, peopleWait } from './people-limit.js';
import type { RateLimits, RateRule } from './rate-limits.js';

/** The longest that a channel is left alone, whatever its provider asks for: so soon is met what misses its window meanwhile. */
export const PAUSE_MAX_MS = 15 * 60_000;

/** Limits of one type of channel. */
export interface ChannelLimits {
  /** Of one sender, all persons together; absent for none. */
  readonly throughput: RateRule | undefined;
  /** Of one sender and one person; absent for none. */
  readonly pair: RateRule | undefined;
  /** Of different people; absent for none. */
  readonly people: PeopleRule | undefined;
}

/** Somebody to be sent something. */
export interface Candidate {
  /** Whoever names the sender of another workspace takes nothing from it. */
  readonly workspace: string;
  readonly channelId: string;
  /** Two channels of a workspace with one sender and one limit share it. */
  readonly sender: string;
  readonly channelType: string;
  /** The channel's own settings: it may have limits of its own. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly addressKey: string;
}

/** Who may be sent to now, and who must wait how long. */
export interface Admission<Each> {
  readonly admitted: readonly Each[];
  readonly waiting: readonly { readonly candidate: Each; readonly waitMs: number }[];
}

/** What a limit holds back at the moment. */
export interface HeldBack {
  readonly count: number;
  /** How long the channel is left alone, or takes nobody new, in milliseconds; 0 when it does neither. */
  readonly pauseMs: number;
}

/**
 * What the channels can take just now: our own limits, and the pauses that providers ask for. A busy channel is left alone,
 * so that nobody else waits for it. Times are the machine's.
 */
export class ChannelCapacity {
  /** Channels at a limit of ours: what is admitted already goes out, nothing more is claimed. */
  private readonly fullUntil = new Map<string, number>();
  /** Channels whose provider asked for a pause: nothing goes out. */
  private readonly pausedUntil = new Map<string, number>();
  /** Channels that lose what they are given: one send at a time shows whether they still do. */
  private readonly onTrial = new Set<string>();
  /** Channels that may be sent to whom they know, and to nobody else. */
  private readonly knownPeopleUntil = new Map<string, number>();
  private readonly heldBack = new Map<string, number>();

  constructor(
    private readonly limits: RateLimits,
    /** The limits of a channel: of its type, or its own. */
    readonly limitsOf: (channelType: string, settings?: Readonly<Record<string, string>>) => ChannelLimits | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Channels that are not to be claimed for now. */
  busyChannels(): readonly string[] {
    for (const spans of [this.fullUntil, this.pausedUntil]) {
      for (const [channelId, until] of spans) if (until <= this.now()) spans.delete(channelId);
    }
    return [...new Set([...this.fullUntil.keys(), ...this.pausedUntil.keys()])];
  }

  /** How long the provider's pause for a channel still lasts, in milliseconds. */
  pauseOf(channelId: string): number {
    return Math.max(0, (this.pausedUntil.get(channelId) ?? 0) - this.now());
  }

  /** Leaves a channel alone for a while, as its provider asked; a longer pause stays. */
  pause(channelId: string, ms: number): void {
    this.extend(this.pausedUntil, channelId, Math.min(ms, PAUSE_MAX_MS));
  }

  /** What a call learned of a channel: how long it is left alone, and whether it is on trial from now on. */
  heed(channelId: string, pauseMs: number, isLosing: boolean): void {
    // The one that was tried is through: only what it says counts.
    if (this.onTrial.has(channelId) && (pauseMs > 0 || !isLosing)) this.pausedUntil.delete(channelId);
    if (isLosing) this.onTrial.add(channelId);
    else this.onTrial.delete(channelId);
    if (pauseMs > 0) this.pause(channelId, pauseMs);
  }

  /**
   * How long a call that is about to be made has to wait. Over a channel on trial one that has not is the one that is tried: the channel is
   * left alone for as long as it may take.
   */
  waitOf(channelId: string, callMs: number): number {
    const pauseMs = this.pauseOf(channelId);
    if (pauseMs === 0 && this.onTrial.has(channelId)) this.pause(channelId, callMs);
    return pauseMs;
  }

  private extend(spans: Map<string, number>, channelId: string, ms: number): void {
    spans.set(channelId, Math.max(spans.get(channelId) ?? 0, this.now() + ms));
  }

  heldBackOf(channelId: string): HeldBack {
    const fullMs = Math.max(0, (this.fullUntil.get(channelId) ?? 0) - this.now());
    const peopleMs = (this.knownPeopleUntil.get(channelId) ?? 0) - this.now();
    const pauseMs = Math.round(Math.max(fullMs, peopleMs, this.pauseOf(channelId)));
    return { count: this.heldBack.get(channelId) ?? 0, pauseMs };
  }

  /** Admits as many as the limits allow, in the order given. */
  async admit<Each extends Candidate>(candidates: readonly Each[]): Promise<Admission<Each>> {
    const admitted: Each[] = [];
    const waiting: { candidate: Each; waitMs: number }[] = [];
    for (const [first, ...others] of byChannels(candidates)) {
      const limits = this.limitsOf(first.channelType, first.settings);
      const allowed = await this.allowed(first, 1 + others.length, limits?.throughput);
      const group = [first, ...others];
      for (const candidate of group.slice(allowed)) waiting.push({ candidate, waitMs: 0 });
      for (const candidate of group.slice(0, allowed)) {
        const waitMs =
          (await this.pairWait(candidate, limits?.pair)) || (await this.peopleWait(candidate, limits?.people));
        if (waitMs === 0) admitted.push(candidate);
        else waiting.push({ candidate, waitMs });
      }
    }
    this.remember(candidates, waiting);
    return { admitted, waiting };
  }

  private async allowed(
    { workspace, sender, channelId }: Candidate,
    wanted: number,
    throughput: RateRule | undefined,
  ): Promise<number> {
    if (this.onTrial.has(channelId)) return 1;
    if (throughput === undefined) return wanted;
    const { granted, waitMs } = await this.limits.take(`sender ${workspace} ${sender}`, throughput, wanted);
    if (granted < wanted) this.extend(this.fullUntil, channelId, waitMs);
    return granted;
  }

  private async pairWait({ workspace, sender, addressKey }: Candidate, pair: RateRule | undefined): Promise<number> {
    if (pair === undefined) return 0;
    const { granted, waitMs } = await this.limits.take(`pair ${workspace} ${sender} ${addressKey}`, pair, 1);
    return granted === 1 ? 0 : waitMs;
  }

  private async peopleWait(candidate: Candidate, people: PeopleRule | undefined): Promise<number> {
    if (people === undefined) return 0;
    const waitMs = await peopleWait(this.limits, people, candidate);
    if (waitMs > 0) this.extend(this.knownPeopleUntil, candidate.channelId, waitMs);
    return waitMs;
  }

  private remember(candidates: readonly Candidate[], waiting: readonly { readonly candidate: Candidate }[]): void {
    for (const { channelId } of candidates) this.heldBack.set(channelId, 0);
    for (const { candidate } of waiting) {
      this.heldBack.set(candidate.channelId, (this.heldBack.get(candidate.channelId) ?? 0) + 1);
    }
  }
}

function byChannels<Each extends Candidate>(candidates: readonly Each[]): Iterable<readonly [Each, ...Each[]]> {
  const groups = new Map<string, [Each, ...Each[]]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.channelId);
    if (group === undefined) groups.set(candidate.channelId, [candidate]);
    else group.push(candidate);
  }
  return groups.values();
}
