import type { Pool } from 'pg';
import { type BegunRequest, RequestAnswers, type RequestName, type StoredAnswer } from './request-answers.js';

interface BegunRow {
  readonly begun_at: Date;
}

interface AnswerRow extends BegunRow {
  readonly body_hash: string;
  readonly answer: StoredAnswer | null;
}

/** Answers in the service's own schema. */
export class PostgresRequestAnswers extends RequestAnswers {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async begin(request: RequestName, bodyHash: string): Promise<BegunRequest> {
    const name = [request.workspace, request.campaignId, request.key];
    const { rows } = await this.pool.query<BegunRow>(
      `INSERT INTO request_answer (workspace, campaign_id, request_key, body_hash) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING begun_at`,
      [...name, bodyHash],
    );
    const [begun] = rows;
    if (begun !== undefined) return { bodyHash, isRepeated: false, begunAtMs: begun.begun_at.getTime() };
    const row = await this.find(name);
    // Forgotten since: this one is the first.
    if (row === undefined) return this.begin(request, bodyHash);
    const known = { bodyHash: row.body_hash, isRepeated: true, begunAtMs: row.begun_at.getTime() };
    return row.answer === null ? known : { ...known, answer: row.answer };
  }

  override async keep({ workspace, campaignId, key }: RequestName, answer: StoredAnswer): Promise<StoredAnswer> {
    const name = [workspace, campaignId, key];
    const kept = await this.pool.query(
      `UPDATE request_answer SET answer = $4 WHERE workspace = $1 AND campaign_id = $2 AND request_key = $3 AND answer IS NULL`,
      [...name, JSON.stringify(answer)],
    );
    return kept.rowCount === 1 ? answer : ((await this.find(name))?.answer ?? answer);
  }

  override async forget(keptMs: number): Promise<void> {
    const sql = `DELETE FROM request_answer WHERE begun_at <= clock_timestamp() - $1 * interval '1 millisecond'`;
    await this.pool.query(sql, [keptMs]);
  }

  private async find(name: readonly string[]): Promise<AnswerRow | undefined> {
    const { rows } = await this.pool.query<AnswerRow>(
      `SELECT body_hash, answer, begun_at FROM request_answer WHERE workspace = $1 AND campaign_id = $2 AND request_key = $3`,
      [...name],
    );
    return rows[0];
  }
}
