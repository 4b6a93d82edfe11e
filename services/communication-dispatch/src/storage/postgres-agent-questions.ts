import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { AgentQuestions, type AgentQuestion, type ClaimedQuestion } from './agent-questions.js';

const PUT = `
INSERT INTO agent_question (message_id, session_id, workspace, agent_id, give_up_at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[]) ON CONFLICT DO NOTHING`;
const CLAIM = `
UPDATE agent_question SET wait_until = clock_timestamp() + $2 * interval '1 millisecond', attempt = attempt + 1
WHERE message_id IN (
  SELECT message_id FROM agent_question WHERE wait_until <= clock_timestamp() ORDER BY wait_until LIMIT $1 FOR UPDATE SKIP LOCKED)
RETURNING message_id, session_id, workspace, agent_id, give_up_at, attempt`;
const POSTPONE = `
UPDATE agent_question SET wait_until = clock_timestamp() + $3 * interval '1 millisecond' WHERE message_id = $1 AND attempt = $2`;
const FINISH = 'DELETE FROM agent_question WHERE message_id = ANY($1::uuid[])';

interface QuestionRow {
  readonly message_id: string;
  readonly session_id: string;
  readonly workspace: string;
  readonly agent_id: string;
  readonly give_up_at: Date;
  readonly attempt: number;
}

export class PostgresAgentQuestions extends AgentQuestions<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override put(questions: readonly AgentQuestion[]): StateWrite<PoolClient> {
    const values = [
      binaryArray.uuid(questions.map(({ messageId }) => messageId)),
      binaryArray.uuid(questions.map(({ sessionId }) => sessionId)),
      binaryArray.uuid(questions.map(({ workspace }) => workspace)),
      binaryArray.uuid(questions.map(({ agentId }) => agentId)),
      binaryArray.timestamptz(questions.map(({ giveUpAt }) => giveUpAt)),
    ];
    return async (transaction) => void (await transaction.query(PUT, values));
  }

  override async claim(limit: number, leaseMs: number): Promise<readonly ClaimedQuestion[]> {
    const rows = await this.run('dispatch-claim-questions', CLAIM, [limit, leaseMs]);
    return rows.map((row) => ({
      messageId: row.message_id,
      sessionId: row.session_id,
      workspace: row.workspace,
      agentId: row.agent_id,
      giveUpAt: row.give_up_at.toISOString(),
      attempt: row.attempt,
    }));
  }

  override async postpone({ messageId, attempt }: ClaimedQuestion, waitMs: number): Promise<void> {
    await this.run('dispatch-postpone-question', POSTPONE, [messageId, attempt, Math.ceil(waitMs)]);
  }

  override async finish(messageIds: readonly string[]): Promise<void> {
    await this.run('dispatch-finish-questions', FINISH, [binaryArray.uuid(messageIds)]);
  }

  private async run(name: string, text: string, values: unknown[]): Promise<readonly QuestionRow[]> {
    return (await this.pool.query<QuestionRow>({ name, text, values })).rows;
  }
}
