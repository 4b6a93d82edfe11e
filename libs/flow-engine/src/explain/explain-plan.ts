import { render, timeZone, type Draft, type OutboundSettings } from '@poinciana/campaign-definition';
import type { Plan } from '../run/flow-run.js';
import type { Timing, TimingCode } from '../send-times/timing.js';
import type { Message, ToldStep } from './message.js';
import { RUN_MESSAGES } from './run-messages.js';

/** What a communication action did: planned with the reason for its time, skipped, or not planned. */
export function explainPlan({ run, step, node }: ToldStep, settings: Draft<OutboundSettings>): Message {
  const plan = run.plans.find((candidate) => candidate.communicationId === step.communicationId);
  const name = plan?.name ?? settings.communicationName ?? node.name;
  if (plan === undefined)
    return { code: 'not_planned', parameters: { name }, ...(step.code ? { reasonCode: step.code } : {}) };
  if (plan.skipCode !== undefined) return { code: 'skipped', parameters: { name }, reasonCode: plan.skipCode };
  return {
    code: 'planned_because',
    parameters: { name, time: localTimeOf(plan), zone: plan.timing.zone, because: explainTiming(plan.timing) },
  };
}

function localTimeOf({ sendAt, timing }: Plan): string {
  if (sendAt === undefined) return '';
  return new Date(timeZone(timing.zone).localTime(Date.parse(sendAt))).toISOString().slice(0, 16).replace('T', ' ');
}

/** What reads otherwise when the node asked for an exact time. */
const EXACT: Readonly<Partial<Record<TimingCode, string>>> = {
  at_once: 'at_once_exact',
  window_passed: 'window_passed_exact',
};

/** Why a communication goes out when it does, in words. */
export function explainTiming(timing: Timing): string {
  const code = timing.hours === 'exact' ? (EXACT[timing.code] ?? timing.code) : timing.code;
  const { from = '', to = '', day = '' } = timing;
  const hours = `hours_${timing.hours ?? 'node'}`;
  const because = Object.hasOwn(RUN_MESSAGES, hours) ? render(RUN_MESSAGES, hours) : '';
  return render(RUN_MESSAGES, code, { from, to, day }) + because;
}
