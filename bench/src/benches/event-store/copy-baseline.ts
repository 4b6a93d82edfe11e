import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type StreamWrite, streamIdOf } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Lines that are sent to PostgreSQL in one piece. */
const PIECE_LINES = 1_000;

/** The columns of the log, without a key, an index, a check or an order. */
const TABLE = `CREATE TABLE bench_copy (position bigint, time timestamptz, stream uuid, id uuid, workspace uuid, key uuid,
  causation uuid, correlation uuid, revision integer, shard smallint, category smallint, hop smallint, type text, actor text, data json, personal json)`;

/** The same events as text for COPY, made before the clock runs. */
export function copyText(writes: readonly StreamWrite[]): readonly string[] {
  const lines = writes.flatMap(({ stream, events }) =>
    events.map((event, number) => {
      const { time, id, workspace, key, causation, correlation, hop, type, actor, data, personal } = event;
      const columns = [
        number,
        time,
        streamIdOf(stream),
        id,
        workspace,
        key,
        causation,
        correlation,
        0,
        0,
        1,
        hop,
        type,
        actor,
        JSON.stringify(data),
        JSON.stringify(personal),
      ];
      return `${columns.map((column) => String(column).replaceAll('\\', '\\\\')).join('\t')}\n`;
    }),
  );
  return Array.from({ length: Math.ceil(lines.length / PIECE_LINES) }, (_, piece) =>
    lines.slice(piece * PIECE_LINES, (piece + 1) * PIECE_LINES).join(''),
  );
}

/** An empty table for the baseline: logged as the log is. */
export async function newCopyTable(pool: Pool): Promise<void> {
  await pool.query(`DROP TABLE IF EXISTS bench_copy; ${TABLE}`);
}

/** One COPY, committed at its end. */
export async function copyInto(pool: Pool, text: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from(text), client.query(copyFrom('COPY bench_copy FROM STDIN')));
  } finally {
    client.release();
  }
}
