import type { RateLimits, RateRule } from './rate-limits.js';

/** Limits of one type of channel. */
export interface ChannelLimits {
  /** Of one sender, all persons together. */
  readonly throughput: RateRule;
  /** Of one sender and one person; absent for none. */
  readonly pair: RateRule | undefined;
}

/** Somebody to be sent something. */
export interface Candidate {
  readonly channelId: string;
  /** Two channels with one sender share its limits. */
  readonly sender: string;
  readonly channelType: string;
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
  /** How long the channel is left alone, in milliseconds; 0 when it is not. */
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
  private readonly heldBack = new Map<string, number>();

  constructor(
    private readonly limits: RateLimits,
    private readonly limitsOf: (channelType: string) => ChannelLimits | undefined,
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
    this.extend(this.pausedUntil, channelId, ms);
  }

  private extend(spans: Map<string, number>, channelId: string, ms: number): void {
    spans.set(channelId, Math.max(spans.get(channelId) ?? 0, this.now() + ms));
  }

  heldBackOf(channelId: string): HeldBack {
    return { count: this.heldBack.get(channelId) ?? 0, pauseMs: Math.round(this.pauseOf(channelId)) };
  }

  /** Admits as many as the limits allow, in the order given. */
  async admit<Each extends Candidate>(candidates: readonly Each[]): Promise<Admission<Each>> {
    const admitted: Each[] = [];
    const waiting: { candidate: Each; waitMs: number }[] = [];
    const bySender = new Map<string, Each[]>();
    for (const candidate of candidates) {
      const sameSender = bySender.get(candidate.sender);
      if (sameSender === undefined) bySender.set(candidate.sender, [candidate]);
      else sameSender.push(candidate);
    }
    for (const [sender, group] of bySender) {
      const limits = this.limitsOf(group[0]?.channelType ?? '');
      const allowed = await this.allowed(sender, group, limits);
      for (const candidate of group.slice(allowed)) waiting.push({ candidate, waitMs: 0 });
      for (const candidate of group.slice(0, allowed)) {
        const waitMs = await this.pairWait(candidate, limits?.pair);
        if (waitMs === 0) admitted.push(candidate);
        else waiting.push({ candidate, waitMs });
      }
    }
    this.remember(candidates, waiting);
    return { admitted, waiting };
  }

  private async allowed(
    sender: string,
    group: readonly Candidate[],
    limits: ChannelLimits | undefined,
  ): Promise<number> {
    if (limits === undefined) return group.length;
    const { granted, waitMs } = await this.limits.take(`sender ${sender}`, limits.throughput, group.length);
    if (granted < group.length) for (const { channelId } of group) this.extend(this.fullUntil, channelId, waitMs);
    return granted;
  }

  private async pairWait({ sender, addressKey }: Candidate, pair: RateRule | undefined): Promise<number> {
    if (pair === undefined) return 0;
    const { granted, waitMs } = await this.limits.take(`pair ${sender} ${addressKey}`, pair, 1);
    return granted === 1 ? 0 : waitMs;
  }

  private remember(candidates: readonly Candidate[], waiting: readonly { readonly candidate: Candidate }[]): void {
    for (const { channelId } of candidates) this.heldBack.set(channelId, 0);
    for (const { candidate } of waiting) {
      this.heldBack.set(candidate.channelId, (this.heldBack.get(candidate.channelId) ?? 0) + 1);
    }
  }
}
