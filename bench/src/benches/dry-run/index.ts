import { PAYMENT_REMINDER_FIELDS, paymentReminderContext, paymentReminderFlow } from '@poinciana/campaign-definition';
import { compileFlow } from '@poinciana/flow-engine';
import { FileDryRun, triedOut } from '@poinciana/flow-execution';
import { FileCheck, planFields } from '@poinciana/participant-file';
import { type Bench, type BenchResult, type BenchSettings, result } from '../../bench.js';
import { rateOf } from '../../rate.js';
import { peopleFile } from './people-file.js';

const ROUNDS = 5;
/** Rows a second that are asked. */
const ROWS_ASKED = 30_000;
const PIECE_BYTES = 64 * 1024;
const NOW = '2026-11-21T12:00:00.000Z';
const ZONE = 'Europe/Madrid';

const ids = { flowId: 'f1', agentId: 'a1', channelId: 'c1' };
const plan = planFields(PAYMENT_REMINDER_FIELDS.map((field) => ({ ...field, enumerationValues: [] })));

export const bench: Bench = {
  description: 'a file tried out on a flow, to reading the file alone; a row is a participant',
  rows: 200_000,
  run: measure,
};

async function measure({ rows, note }: BenchSettings): Promise<readonly BenchResult[]> {
  const file = peopleFile(rows);
  const flows = triedOut(compileFlow(paymentReminderFlow(ids), paymentReminderContext(ids)), []);
  const tried: number[] = [];
  const read: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const reading = await rateOf(rows, () => readAlone(file));
    const trial = await rateOf(rows, async () => {
      const terms = { flows, trigger: 'participant-created', at: NOW, workspaceZone: ZONE } as const;
      const run = new FileDryRun(plan, { zone: ZONE }, terms);
      for (const piece of piecesOf(file)) await run.read(piece);
      const { failed, flows: counts } = await run.end();
      if (failed > 0 || counts[0]?.runs !== rows) throw new Error('Every row is a run');
    });
    note(round === 0 ? 'warmed up' : `round ${round} of ${ROUNDS}: ${Math.round(trial)} rows/s`);
    if (round === 0) continue;
    tried.push(trial);
    read.push(reading);
  }
  const asked = tried.map(() => ROWS_ASKED);
  return [
    result('dry run of a file, to what is asked', 'rows/s', tried, asked, 1),
    result('dry run of a file, to reading its cells alone', 'rows/s', tried, read, null),
  ];
}

async function readAlone(file: Buffer): Promise<void> {
  const check = new FileCheck(plan);
  for (const piece of piecesOf(file)) await check.read(piece);
  await check.end();
}

function* piecesOf(file: Buffer): Generator<Buffer> {
  for (let at = 0; at < file.length; at += PIECE_BYTES) yield file.subarray(at, at + PIECE_BYTES);
}
