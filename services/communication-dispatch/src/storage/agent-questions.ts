import type { StateWrite } from '@poinciana/messaging';

/** Questions of one claim, at most. */
export const QUESTIONS_CLAIM_MAX = 200;

/** A message of a person that waits for its agent's own system; instants are ISO 8601 in UTC, by the Clock port. */
export interface AgentQuestion {
  readonly messageId: string;
  readonly sessionId: string;
  readonly workspace: string;
  readonly agentId: string;
  /** When the agent counts as having failed. */
  readonly giveUpAt: string;
}

export interface ClaimedQuestion extends AgentQuestion {
  /** How often it was claimed. */
  readonly attempt: number;
}

/**
 * What agents outside are still to be asked. A row stays until the agent answered or its time is over. All methods throw
 * `TransientError` when the database is away.
 */
export abstract class AgentQuestions<Transaction> {
  /** Inside a consumer's transaction: due at once. Repeating it changes nothing. */
  abstract put(questions: readonly AgentQuestion[]): StateWrite<Transaction>;
  /** What nobody else has claimed; by the database's clock nobody may claim it again before `leaseMs` are over. */
  abstract claim(limit: number, leaseMs: number): Promise<readonly ClaimedQuestion[]>;
  /** Asks again after a while, by the database's clock; not if another has claimed it since. */
  abstract postpone(question: ClaimedQuestion, waitMs: number): Promise<void>;
  abstract finish(messageIds: readonly string[]): Promise<void>;
}
