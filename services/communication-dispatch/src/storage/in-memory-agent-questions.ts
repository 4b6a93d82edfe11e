import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { AgentQuestions, type AgentQuestion, type ClaimedQuestion } from './agent-questions.js';

interface Row extends ClaimedQuestion {
  readonly waitUntilMs: number;
}

/** The twin. `databaseNow` stands for the database's clock, in milliseconds. */
export class InMemoryAgentQuestions extends AgentQuestions<InMemoryTransaction> {
  private readonly rows = new Map<string, Row>();

  constructor(private readonly databaseNow: () => number = () => performance.now()) {
    super();
  }

  override put(questions: readonly AgentQuestion[]): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => {
        for (const question of questions) {
          if (this.rows.has(question.messageId)) continue;
          this.rows.set(question.messageId, { ...question, attempt: 0, waitUntilMs: Number.NEGATIVE_INFINITY });
        }
      });
  }

  override async claim(limit: number, leaseMs: number): Promise<readonly ClaimedQuestion[]> {
    const now = this.databaseNow();
    const claimed = [...this.rows.values()]
      .filter(({ waitUntilMs }) => waitUntilMs <= now)
      .slice(0, limit)
      .map((row) => ({ ...row, attempt: row.attempt + 1, waitUntilMs: now + leaseMs }));
    for (const row of claimed) this.rows.set(row.messageId, row);
    return claimed.map(({ waitUntilMs: _, ...question }) => question);
  }

  override async postpone({ messageId, attempt }: ClaimedQuestion, waitMs: number): Promise<void> {
    const row = this.rows.get(messageId);
    if (row?.attempt === attempt) this.rows.set(messageId, { ...row, waitUntilMs: this.databaseNow() + waitMs });
  }

  override async finish(messageIds: readonly string[]): Promise<void> {
    for (const id of messageIds) this.rows.delete(id);
  }
}
