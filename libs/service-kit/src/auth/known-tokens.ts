import type { Clock } from '../clock/clock.js';
import type { Caller } from './roles.js';
import { type TokenRules, type VerifiedToken, verifyToken } from './tokens.js';

/** Tokens that are remembered; of more, those that were verified first are verified again. */
const KNOWN_MAX = 1_000;

interface KnownToken extends VerifiedToken {
  readonly verifiedAtSeconds: number;
}

/** Verifies a token once: a program sends the same one with every call, and a signature costs more than the rest of a small request. */
export class KnownTokens {
  private readonly known = new Map<string, KnownToken>();

  constructor(
    private readonly rules: TokenRules,
    private readonly clock: Clock,
  ) {}

  /** The caller that a token names; `undefined` for a token that is not ours, not whole or out of time. */
  async callerOf(token: string): Promise<Caller | undefined> {
    const nowSeconds = Math.floor(this.clock.now().getTime() / 1_000);
    const known = this.known.get(token);
    // A clock that was put back may stand before the time from which the token counts.
    if (known !== undefined && nowSeconds >= known.verifiedAtSeconds && nowSeconds < known.expiresAtSeconds)
      return known.caller;
    this.known.delete(token);
    const verified = await verifyToken(this.rules, token, this.clock);
    if (verified === undefined) return undefined;
    this.known.set(token, { ...verified, verifiedAtSeconds: nowSeconds });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KNOWN_MAX) break;
      this.known.delete(oldest);
    }
    return verified.caller;
  }
}
