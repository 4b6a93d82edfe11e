import { result, type BenchResult } from '../../bench.js';
import { processMs, serverMs } from '../../cpu-time.js';
import { rateOf } from '../../rate.js';
import { mailBare, postBare } from './bare-sending.js';
import type { RunningDispatch } from './running-dispatch.js';
import { SentCampaign, type SentOver } from './sent-campaign.js';

const ROUNDS = 2;
/** Sent, delivered, read. */
const STATUSES_EACH = 3;
const TARGETS = { whatsapp: 0.35, statuses: 0.2, email: 0.6 } as const;

type Note = (line: string) => void;

/** WhatsApp with intent and result as events, to a bare loop that posts the same bodies; then with statuses told and worked off. */
export async function whatsapp(running: RunningDispatch, count: number, note: Note): Promise<readonly BenchResult[]> {
  const { simulator } = running;
  const [rates, bare, withStatuses]: [number[], number[], number[]] = [[], [], []];
  let heard = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bareRate = await rateOf(count, () => postBare(simulator, `whatsapp-${round}`, count));
    const rate = await sendRate(running, 'whatsapp', `whatsapp ${round}`, count, note);
    await simulator.setMode('automatic');
    heard += STATUSES_EACH * count;
    const told = await sendRate(running, 'whatsapp', `statuses ${round}`, count, note, heard);
    await simulator.setMode('manual');
    note(`WhatsApp, round ${round} of ${ROUNDS}: ${figures(bareRate, rate)}, with statuses ${Math.round(told)}/s`);
    if (round === 0) continue;
    bare.push(bareRate);
    rates.push(rate);
    withStatuses.push(told);
  }
  return [
    result('WhatsApp, to a bare undici loop', 'messages/s', rates, bare, TARGETS.whatsapp),
    result('WhatsApp with its statuses, to the same loop', 'messages/s', withStatuses, bare, TARGETS.statuses),
  ];
}

/** Mail with intent and result as events, to nodemailer's pool of the same size. */
export async function email(running: RunningDispatch, count: number, note: Note): Promise<readonly BenchResult[]> {
  const [rates, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bareRate = await rateOf(count, () => mailBare(running.simulator, `mail-${round}`, count));
    const rate = await sendRate(running, 'email', `mail ${round}`, count, note);
    note(`email, round ${round} of ${ROUNDS}: ${figures(bareRate, rate)}`);
    if (round === 0) continue;
    bare.push(bareRate);
    rates.push(rate);
  }
  return [result('email, to a bare nodemailer pool', 'mails/s', rates, bare, TARGETS.email)];
}

/** From the start of a campaign that was planned before until every result is stored, and what came of it was heard. */
async function sendRate(
  running: RunningDispatch,
  type: SentOver,
  name: string,
  count: number,
  note: Note,
  heard = 0,
): Promise<number> {
  const { simulator, databasePid } = running;
  const campaign = new SentCampaign(running, type, name);
  const due = new Date();
  await campaign.plan(count, () => due);
  const before = await simulator.accepted();
  const cpu = async () => [await processMs(process.pid), await serverMs(databasePid)];
  const [nodeBefore = 0, databaseBefore = 0] = await cpu();
  const rate = await rateOf(count, async () => {
    await campaign.start();
    await campaign.untilSent(count);
    if (heard > 0) await campaign.untilHeard(heard);
  });
  const [node = 0, database = 0] = await cpu();
  const each = (ms: number): string => `${Math.round((ms * 1_000) / count)} µs`;
  note(`  ${name}: CPU a message: Node ${each(node - nodeBefore)}, PostgreSQL ${each(database - databaseBefore)}`);
  const accepted = (await simulator.accepted()) - before;
  if (accepted !== count) throw new Error(`The simulator took ${accepted} of ${count} messages`);
  return rate;
}

function figures(bare: number, rate: number): string {
  return `${Math.round(rate)}/s, bare ${Math.round(bare)}/s, ratio ${(rate / bare).toFixed(3)}`;
}
