import { resultWithin, type BenchResult } from '../../bench.js';
import type { RunningDispatch } from './running-dispatch.js';
import { SentCampaign } from './sent-campaign.js';

const MESSAGES_PER_SECOND = 1_000;
const SECONDS = 10;
const COUNT = MESSAGES_PER_SECOND * SECONDS;
/** Planned in good time before the first is due. */
const LEAD_MS = 10_000;
const WITHIN_MS = 2_000;
const SHARE = 0.99;

/** From the instant a message is due until its send is stored, a thousand of them falling due in every second. */
export async function delay(running: RunningDispatch, note: (line: string) => void): Promise<readonly BenchResult[]> {
  const campaign = new SentCampaign(running, 'whatsapp', 'delay');
  const first = Date.now() + LEAD_MS;
  const dueOf = (number: number): Date => new Date(first + Math.floor((number * 1_000) / MESSAGES_PER_SECOND));
  await campaign.plan(COUNT, dueOf);
  await campaign.start();
  if (Date.now() >= first) throw new Error('It took too long to plan what was to fall due');
  await campaign.untilSent(COUNT);
  const startedAt = await campaign.startedAt();
  const delays = Array.from({ length: COUNT }, (_, number) => {
    const at = startedAt.get(campaign.communicationOf(number));
    return (at?.getTime() ?? Number.POSITIVE_INFINITY) - dueOf(number).getTime();
  }).toSorted((one, other) => one - other);
  const at = (share: number): number => delays[Math.ceil(share * COUNT) - 1] ?? Number.NaN;
  note(`due to sent: half within ${at(0.5)} ms, 99 % within ${at(SHARE)} ms, all within ${at(1)} ms`);
  return [resultWithin('due to sent at 1,000 messages/s, 99 % within', 'ms', at(SHARE), WITHIN_MS)];
}
