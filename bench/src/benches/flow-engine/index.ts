import {
  checkFlow,
  NODES_MAX,
  parseFlow,
  paymentReminderContext,
  paymentReminderFlow,
  type Flow,
} from '@poinciana/campaign-definition';
import { compileFlow, decideRuns, type CompiledFlow, type ParticipantState } from '@poinciana/flow-engine';
import { type Bench, type BenchResult, type BenchSettings, result } from '../../bench.js';
import { rateOf } from '../../rate.js';
import { bareReminder } from './bare-reminder.js';
import { largeFlow } from './large-flow.js';
import { NOW, people } from './people.js';

const ROUNDS = 5;
/** One decision with its trace, to the hand-written function without. */
const ENGINE_TO_BARE = 0.05;
/** What is asked of one core; a ratio below 1 is too slow. */
const REMINDERS_ASKED = 200_000;
const LARGE_ASKED = 20_000;
const CHECKS_ASKED = 20;
/** A run of the largest flow is so many times as long. */
const LARGE_ROWS_SHARE = 10;
const CHECKS_A_ROUND = 50;

const ids = { flowId: 'f1', agentId: 'a1', channelId: 'c1' };
const context = paymentReminderContext(ids);

export const bench: Bench = {
  description: 'decisions with their trace, to a hand-written function without; a row is a participant',
  rows: 200_000,
  run: measure,
};

async function measure({ rows, note }: BenchSettings): Promise<readonly BenchResult[]> {
  const all = people(rows);
  const some = all.slice(0, Math.max(1, Math.floor(rows / LARGE_ROWS_SHARE)));
  const reminder = compileFlow(paymentReminderFlow(ids), context);
  const large = largeFlow('f1');
  const compiledLarge = compileFlow(large, context);
  const rates = { bare: [] as number[], reminder: [] as number[], large: [] as number[], checks: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bare = await rateOf(rows, async () => bareAll(all));
    const decided = await rateOf(rows, async () => decideAll(reminder, all));
    const walked = await rateOf(some.length, async () => decideAll(compiledLarge, some));
    const checked = await rateOf(CHECKS_A_ROUND, async () => checkAll(large));
    note(
      round === 0
        ? 'warmed up'
        : `round ${round} of ${ROUNDS}: ${[decided, walked, checked].map(Math.round).join(', ')}/s`,
    );
    if (round === 0) continue;
    rates.bare.push(bare);
    rates.reminder.push(decided);
    rates.large.push(walked);
    rates.checks.push(checked);
  }
  const asked = (rate: number) => rates.bare.map(() => rate);
  return [
    result(
      'payment reminder with trace, to a hand-written function',
      'decisions/s',
      rates.reminder,
      rates.bare,
      ENGINE_TO_BARE,
    ),
    result('payment reminder with trace, to what is asked', 'decisions/s', rates.reminder, asked(REMINDERS_ASKED), 1),
    result(`a flow of ${NODES_MAX} nodes, to what is asked`, 'decisions/s', rates.large, asked(LARGE_ASKED), 1),
    result(
      `activation checks of ${NODES_MAX} nodes, to what is asked`,
      'checks/s',
      rates.checks,
      asked(CHECKS_ASKED),
      1,
    ),
  ];
}

/** Answers how many reminders there were, so that no work is left out. */
function bareAll(all: readonly ParticipantState[]): number {
  const now = Date.parse(NOW);
  let reminders = 0;
  for (const participant of all) if (typeof bareReminder(participant, now) === 'object') reminders += 1;
  return reminders;
}

function decideAll(flow: CompiledFlow, all: readonly ParticipantState[]): number {
  const flows = [flow];
  let plans = 0;
  for (const [index, participant] of all.entries()) {
    const trigger = { type: 'participant-created', eventId: `e${index}`, now: NOW, hop: 0 } as const;
    const { runs } = decideRuns({ flows, trigger, participant, workspaceZone: 'UTC' });
    plans += runs[0]?.plans.length ?? 0;
  }
  return plans;
}

function checkAll(flow: Flow): number {
  let problems = 0;
  for (let check = 0; check < CHECKS_A_ROUND; check += 1) {
    const parsed = parseFlow(flow);
    if (parsed.flow) problems += checkFlow(parsed.flow, context).length;
  }
  return problems;
}
