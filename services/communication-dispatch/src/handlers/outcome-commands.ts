import type { SendOutcome } from '../channels/channel-adapter.js';
import { later } from '../domain/communication.js';
import type { CommunicationCommand } from '../domain/communication-commands.js';

export interface RetryRules {
  /** The first pause after a refusal for now; it doubles with each attempt up to the longest. */
  readonly firstPauseMs: number;
  readonly pauseMaxMs: number;
  /** Attempts where the provider may be broken. */
  readonly fewTriesMax: number;
  /** Between 0 and 1: spreads what would otherwise come back all at once. */
  readonly jitter: () => number;
}

/** How a call's outcome is told to the communication. */
export function outcomeCommand(
  outcome: SendOutcome,
  attempt: number,
  at: string,
  rules: RetryRules,
): CommunicationCommand {
  switch (outcome.outcome) {
    case 'accepted': {
      const { providerMessageId, providerAddress } = outcome;
      return { type: 'RecordAcceptance', attempt, providerMessageId, providerAddress, at };
    }
    case 'refused':
      return { type: 'RecordRefusal', attempt, code: outcome.code, providerCode: outcome.providerCode, at };
    case 'unknown':
      return { type: 'RecordUnknown', attempt, providerCode: outcome.providerCode, at };
    case 'delayed': {
      const { code, providerCode, retryAfterMs, fewTries = false } = outcome;
      if (fewTries && attempt >= rules.fewTriesMax)
        return { type: 'RecordRefusal', attempt, code: 'attempts_used_up', providerCode, at };
      const retryAt = later(at, Math.max(retryAfterMs ?? 0, pauseMs(attempt, retryAfterMs, rules)));
      return { type: 'RecordDelay', attempt, code, providerCode, retryAt, at };
    }
  }
}

/** What the provider asked for with up to a tenth more; else a growing pause, half of it by chance. In whole milliseconds. */
function pauseMs(attempt: number, retryAfterMs: number | undefined, rules: RetryRules): number {
  if (retryAfterMs !== undefined) return Math.round(retryAfterMs * (1 + rules.jitter() / 10));
  const full = Math.min(rules.pauseMaxMs, rules.firstPauseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full / 2 + (full / 2) * rules.jitter());
}
