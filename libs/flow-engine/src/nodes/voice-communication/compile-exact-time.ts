import {
  coerce,
  type CampaignContext,
  type Draft,
  type ExactTime,
  type VoiceSettings,
} from '@poinciana/campaign-definition';
import type { Walk } from '../../run/walk.js';
import { planExactTime } from '../../send-times/plan-exact-time.js';
import type { SendTime } from '../../send-times/plan-send-time.js';
import { movedInstant, plannableInstant } from '../../send-times/starting-point.js';
import { compileBase } from '../outbound/compile-schedule.js';

interface ExactInstant {
  readonly instant: number;
  /** Nothing is sent at or after this instant (A92). */
  readonly before?: number;
}

/** The send time of an exact date and time; undefined in the run when its field has no value. */
export function compileExactTime(
  { exactTime, toleranceMinutes }: Draft<VoiceSettings>,
  context: CampaignContext,
): ((walk: Walk) => SendTime | undefined) | undefined {
  const instantOf = exactTime && compileInstant(exactTime, context);
  if (instantOf === undefined) return undefined;
  return (walk) => {
    const exact = instantOf(walk);
    return exact && planExactTime({ ...exact, now: walk.input.now, zone: walk.input.zone, toleranceMinutes });
  };
}

function compileInstant(
  time: ExactTime,
  context: CampaignContext,
): ((walk: Walk) => ExactInstant | undefined) | undefined {
  switch (time.source) {
    case 'static':
      return (walk) => typedInstant(time.value, walk);
    case 'today':
      return ({ input }) => ({ instant: plannableInstant(movedInstant(input.now, time.offset, input.zone)) });
    case 'property': {
      const baseOf = compileBase(time, context);
      return baseOf && ((walk) => instantOfBase(baseOf(walk)));
    }
  }
}

/** Read in the participant's zone where it names no offset. */
function typedInstant(value: string, walk: Walk): ExactInstant | undefined {
  const read = coerce({ type: 'datetime' }, value, { zone: walk.input.zone.name });
  return read.kind === 'value' ? { instant: plannableInstant(Date.parse(String(read.value))) } : undefined;
}

/** A day alone is no instant to call at; activation refuses it. */
function instantOfBase(base: ReturnType<NonNullable<ReturnType<typeof compileBase>>>): ExactInstant | undefined {
  return base?.kind === 'instant' ? base : undefined;
}
