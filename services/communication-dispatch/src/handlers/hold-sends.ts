import type { ChannelCapacity } from '../limits/channel-capacity.js';
import type { Timers } from '../storage/timers.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { PreparedSend } from './prepare-sends.js';

/** What the lease of a send lasts beyond the longest call: for storing the intent before and the result after it. */
const LEASE_MARGIN_MS = 10_000;
/** How long it is taken for granted that a campaign still runs. */
const FRESH_MS = 500;

/** Sends that are this process's own for as long as a call may take, and whose campaigns run. */
export interface HeldSends {
  readonly sends: readonly PreparedSend[];
  /** By `performance.now()`: our idea of the lease ends before the database's. */
  readonly leaseEndsAt: number;
  readonly heldAt: number;
}

export interface HoldSources<Transaction> {
  readonly timers: Timers<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly capacity: ChannelCapacity;
}

/** Makes sure of sends before their intents are stored. */
export class HoldSends<Transaction> {
  constructor(private readonly sources: HoldSources<Transaction>) {}

  /** Renews the leases. A campaign may have been stopped since the batch began: its sends are given back, those of others dropped. */
  async hold(sends: readonly PreparedSend[]): Promise<HeldSends> {
    const { timers, definitions } = this.sources;
    const heldAt = performance.now();
    const leaseMs = Math.max(0, ...sends.map(({ call }) => call.timeoutMs)) + LEASE_MARGIN_MS;
    const [campaigns, own] = await Promise.all([
      definitions.campaigns(sends.map(({ claim }) => claim.campaignId)),
      timers.renew(
        sends.map(({ claim }) => claim),
        leaseMs,
      ),
    ]);
    const running = await this.kept(sends, ({ claim }) => campaigns.get(claim.campaignId)?.known.status === 'Active');
    return {
      sends: running.filter(({ claim }) => own.has(claim.communicationId)),
      leaseEndsAt: heldAt + leaseMs,
      heldAt,
    };
  }

  /** A batch in parts, each made sure of while the one before it waits for its turn. What nobody asks for any more is given back. */
  async *ahead(sends: readonly PreparedSend[], size: number): AsyncGenerator<HeldSends> {
    let next: Promise<HeldSends> | undefined = this.hold(sends.slice(0, size));
    try {
      for (let at = size; next !== undefined; at += size) {
        const held: HeldSends = await next;
        next = at < sends.length ? this.hold(sends.slice(at, at + size)) : undefined;
        // Met where it is awaited; until then nobody listens.
        next?.catch(() => undefined);
        yield held;
      }
    } finally {
      // Where that fails they are free again when their lease is over.
      await next?.then(({ sends: left }) => this.giveBack(left)).catch(() => undefined);
    }
  }

  /** Once more, where they have waited; a channel that has asked for a pause since gets nothing. */
  async stillHeld(held: HeldSends): Promise<HeldSends> {
    const fresh = performance.now() - held.heldAt < FRESH_MS ? held : await this.hold(held.sends);
    const { capacity } = this.sources;
    return { ...fresh, sends: await this.kept(fresh.sends, ({ claim }) => capacity.pauseOf(claim.channelId) === 0) };
  }

  /** To whoever claims them next. */
  giveBack(sends: readonly PreparedSend[]): Promise<void> {
    const releases = sends.map(({ claim: { communicationId, fence } }) => ({ communicationId, fence, waitMs: 0 }));
    return this.sources.timers.release(releases);
  }

  /** Those that may go; the others are given back. */
  private async kept(
    sends: readonly PreparedSend[],
    mayGo: (send: PreparedSend) => boolean,
  ): Promise<readonly PreparedSend[]> {
    const heldBack = sends.filter((send) => !mayGo(send));
    if (heldBack.length === 0) return sends;
    await this.giveBack(heldBack);
    return sends.filter(mayGo);
  }
}
