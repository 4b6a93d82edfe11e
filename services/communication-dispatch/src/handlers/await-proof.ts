import type { Inbox } from '../storage/inbox.js';
import type { ClaimedTimer } from '../storage/timers.js';

/** How long an outcome that cannot be settled yet is left alone, and how often. */
export const PROOF_WAIT_MS = 250;
const WAITS_MAX = 2_400;

/**
 * Whether an unknown outcome may be given up now. Not while its channel has statuses that nobody has worked off: one of them
 * may be the proof. Nor right after the process began: what the provider could not tell us meanwhile, it is about to repeat.
 */
export class AwaitProof {
  private readonly beganAt: number;

  constructor(
    private readonly inbox: Inbox,
    private readonly graceMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.beganAt = now();
  }

  /** Those of the claims whose outcome has to stay open for a moment. */
  async stillOpen(claims: readonly ClaimedTimer[]): Promise<ReadonlySet<string>> {
    if (claims.length === 0) return new Set();
    const patient = claims.filter(({ fence }) => fence <= WAITS_MAX);
    if (this.now() - this.beganAt < this.graceMs) return new Set(patient.map(({ communicationId }) => communicationId));
    const waiting = await this.inbox.channelsWithStatuses(patient.map(({ channelId }) => channelId));
    return new Set(
      patient.filter(({ channelId }) => waiting.has(channelId)).map(({ communicationId }) => communicationId),
    );
  }
}
