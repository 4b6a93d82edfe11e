import { later, type KnownCommunication } from '../domain/communication.js';
import type { Inbox } from '../storage/inbox.js';
import type { DoubtfulSend } from './look-up-proof.js';

/** How long an outcome that cannot be settled yet is left alone. */
export const PROOF_WAIT_MS = 250;
/** How long proof is waited for once an outcome should be settled. */
const PATIENCE_MS = 10 * 60_000;

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

  /** Whether it is worth to wait for proof: since the outcome should be settled, or since this process could learn of any. */
  isPatient({ facts: { settleBy } }: KnownCommunication, now: string): boolean {
    return this.ageMs() < PATIENCE_MS || (settleBy !== undefined && now < later(settleBy, PATIENCE_MS));
  }

  /** Those whose outcome has to stay open for a moment. */
  async stillOpen(sends: readonly DoubtfulSend[], now: string): Promise<ReadonlySet<string>> {
    if (sends.length === 0) return new Set();
    const patient = sends.filter(({ state }) => this.isPatient(state, now)).map(({ claim }) => claim);
    if (this.ageMs() < this.graceMs) return new Set(patient.map(({ communicationId }) => communicationId));
    const waiting = await this.inbox.channelsWithStatuses(patient.map(({ channelId }) => channelId));
    return new Set(
      patient.filter(({ channelId }) => waiting.has(channelId)).map(({ communicationId }) => communicationId),
    );
  }

  private ageMs(): number {
    return this.now() - this.beganAt;
  }
}
