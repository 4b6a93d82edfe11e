import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { RunningServices } from '../end-to-end/running-services.js';

const VIEW = 'analytics_projections.participant';
const TABLE = 'bench_indexed_copy';

/** The rows of the participants' table by COPY into an empty one with the same indexes; their text is in memory beforehand. */
export class IndexedCopy {
  private constructor(
    private readonly pool: Pool,
    private readonly text: readonly Buffer[],
  ) {}

  static async prepare({ pool }: RunningServices, rows: number): Promise<IndexedCopy> {
    await pool.query(
      `DROP TABLE IF EXISTS ${TABLE}; CREATE TABLE ${TABLE} (LIKE ${VIEW} INCLUDING INDEXES INCLUDING STORAGE); CHECKPOINT`,
    );
    const text: Buffer[] = [];
    const client = await pool.connect();
    try {
      const out = client.query(copyTo(`COPY (SELECT * FROM ${VIEW} LIMIT ${rows}) TO STDOUT`));
      for await (const piece of out) text.push(piece as Buffer);
    } finally {
      client.release();
    }
    return new IndexedCopy(pool, text);
  }

  async run(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await pipeline(Readable.from(this.text), client.query(copyFrom(`COPY ${TABLE} FROM STDIN`)));
    } finally {
      client.release();
    }
  }

  async remove(): Promise<void> {
    await this.pool.query(`DROP TABLE ${TABLE}`);
  }
}
