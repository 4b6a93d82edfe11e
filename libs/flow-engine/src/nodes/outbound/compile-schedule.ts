import {
  parseTimeOfDay,
  type BaseDate,
  type CampaignContext,
  type ChannelType,
  type CommunicationHours,
  type Draft,
  type WindowSchedule,
} from '@poinciana/campaign-definition';
import type { Walk } from '../../run/walk.js';
import { bestHours, dailyHours, type DailyHours } from '../../send-times/best-hours.js';
import { planSendTime, type SendTime } from '../../send-times/plan-send-time.js';
import { baseFromDate, baseFromDatetime, baseFromToday, type Base } from '../../send-times/starting-point.js';
import { compileProperty } from '../../values/compile-property.js';

/** The send time of a base date and daily hours; undefined in the run when the date has no value. */
export function compileWindow(
  { baseDate, hours, whenWindowIsOver }: Draft<WindowSchedule>,
  channelType: ChannelType,
  context: CampaignContext,
): ((walk: Walk) => SendTime | undefined) | undefined {
  const baseOf = baseDate && compileBase(baseDate, context);
  if (baseOf === undefined || hours === undefined) return undefined;
  const hoursOf = compileHours(hours, channelType);
  return (walk) => {
    const base = baseOf(walk);
    if (base === undefined) return undefined;
    const { now, zone } = walk.input;
    return planSendTime({ now, zone, base, hours: hoursOf(walk), whenWindowIsOver });
  };
}

/** The base of a run; undefined in the run when its field has no value. */
export function compileBase(
  settings: BaseDate,
  context: CampaignContext,
): ((walk: Walk) => Base | undefined) | undefined {
  const { offset } = settings;
  if (settings.source === 'today') return (walk) => baseFromToday(walk.input.now, offset, walk.input.zone);
  const compiled = compileProperty(settings.property, context);
  const from = compiled && baseReader(compiled.property.type);
  if (compiled === undefined || from === undefined) return undefined;
  return (walk) => {
    const value = compiled.read(walk);
    return typeof value === 'string' ? from(value, offset, walk.input.zone) : undefined;
  };
}

function baseReader(type: string): typeof baseFromDate | undefined {
  if (type === 'date') return baseFromDate;
  return type === 'datetime' ? baseFromDatetime : undefined;
}

function compileHours(hours: CommunicationHours, channelType: ChannelType): (walk: Walk) => DailyHours {
  if (hours.mode === 'best') {
    return (walk) => bestHours(walk.input.contactSignals, walk.input.workspaceSignals?.[channelType]);
  }
  const window = dailyHours(parseTimeOfDay(hours.from) ?? 0, parseTimeOfDay(hours.to) ?? 1_440, 'node');
  return () => window;
}
