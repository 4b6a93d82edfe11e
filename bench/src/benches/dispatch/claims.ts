import { PostgresTimers } from '@poinciana/communication-dispatch';
import { withStatementTime } from '@poinciana/database';
import type { Pool } from 'pg';
import { result, type BenchResult } from '../../bench.js';
import { rateOf } from '../../rate.js';

const ROUNDS = 3;
const TARGET = 0.5;
/** As large as a process claims by default, and as many at a time. */
const CLAIM = 256;
const LANES = 3;
const LEASE_MS = 5_000;
/** Of what is planned, due in a round. */
const DUE_SHARE = 0.05;
/** Campaigns that share the claims. */
const CAMPAIGNS = 4;
const FORGET_REVISION = 1_000_000;

const FILL = `
INSERT INTO timer (communication_id, workspace, campaign_id, participant_id, channel_id, address_key, kind, sending, due_at, revision)
SELECT gen_random_uuid(), gen_random_uuid(), ('00000000-0000-4000-8000-00000000000' || n % ${CAMPAIGNS})::uuid, gen_random_uuid(),
       '00000000-0000-4000-8000-0000000000cc', gen_random_uuid(), 'due', true,
       CASE WHEN n <= $2 THEN now() - n * interval '1 millisecond' ELSE now() + interval '1 day' + n * interval '1 millisecond' END, 0
FROM generate_series(1, $1) AS n`;
const LANES_OF = `
INSERT INTO lane SELECT DISTINCT campaign_id, channel_id FROM timer ON CONFLICT DO NOTHING`;
const CAMPAIGNS_OF = `
INSERT INTO campaign SELECT DISTINCT campaign_id, '00000000-0000-4000-8000-0000000000dd'::uuid, false, false, 0 FROM timer ON CONFLICT DO NOTHING`;
const COPY = `
DROP TABLE IF EXISTS bench_timer; CREATE TABLE bench_timer (LIKE timer INCLUDING ALL);
CREATE INDEX ON bench_timer (due_at); INSERT INTO bench_timer SELECT * FROM timer;
ANALYZE timer; ANALYZE bench_timer`;
const BARE_CLAIM = `
UPDATE bench_timer SET lease_until = clock_timestamp() + $2 * interval '1 millisecond' WHERE communication_id IN (
  SELECT communication_id FROM bench_timer WHERE due_at <= now() AND lease_until <= clock_timestamp()
  ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
RETURNING communication_id AS id`;
const BARE_END = 'DELETE FROM bench_timer WHERE communication_id = ANY($1::uuid[])';

/**
 * Fair claims out of everything that is planned, each ended, to a bare `FOR UPDATE SKIP LOCKED` loop over the same rows, which takes
 * leases as well: a claim that a crash leaves behind must end by itself.
 */
export async function claims(
  pool: Pool,
  planned: number,
  note: (line: string) => void,
): Promise<readonly BenchResult[]> {
  const due = Math.max(CLAIM, Math.round(planned * DUE_SHARE));
  const [rates, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await prepare(pool, round === 0 ? planned : due, due);
    const bareRate = await rateOf(due, () => inEveryLane(() => bareClaim(pool)));
    const rate = await rateOf(due, () => inEveryLane(() => claimAndEnd(pool)));
    note(
      `claims of ${planned} planned, round ${round} of ${ROUNDS}: ${Math.round(rate)}/s, bare ${Math.round(bareRate)}/s`,
    );
    if (round === 0) continue;
    bare.push(bareRate);
    rates.push(rate);
  }
  await pool.query('DROP TABLE bench_timer');
  return [result(`claims of ${planned} planned, to a bare loop`, 'claims/s', rates, bare, TARGET)];
}

/** So many rows more, and a copy of all for the bare loop. */
async function prepare(pool: Pool, rows: number, due: number): Promise<void> {
  // A million rows take longer than a statement of a service may.
  await withStatementTime(pool, 0, async (client) => {
    await client.query(FILL, [rows, due]);
    for (const statement of [LANES_OF, CAMPAIGNS_OF, COPY, 'CHECKPOINT']) await client.query(statement);
  });
}

/** Until nobody finds anything more. */
async function inEveryLane(claim: () => Promise<number>): Promise<void> {
  const lane = async (): Promise<void> => {
    while ((await claim()) > 0);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function claimAndEnd(pool: Pool): Promise<number> {
  const timers = new PostgresTimers(pool);
  const now = new Date().toISOString();
  const claimed = await timers.claim({ now, limit: CLAIM, leaseMs: LEASE_MS, busyChannels: [] });
  const ended = claimed.map(({ communicationId }) => ({ communicationId, revision: FORGET_REVISION, open: undefined }));
  await timers.write(ended);
  return claimed.length;
}

async function bareClaim(pool: Pool): Promise<number> {
  const claim = { name: 'bench-claim', text: BARE_CLAIM, values: [CLAIM, LEASE_MS] };
  const { rows } = await pool.query<{ readonly id: string }>(claim);
  await pool.query({ name: 'bench-end', text: BARE_END, values: [rows.map(({ id }) => id)] });
  return rows.length;
}
