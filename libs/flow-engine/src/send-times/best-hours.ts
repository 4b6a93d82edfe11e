import { formatTimeOfDay } from '@poinciana/campaign-definition';
import type { HoursSource } from './timing.js';

/** How often somebody read or replied, by local hour 0 to 23, in the last 90 days. Missing hours count as 0. */
export type HourlySignals = readonly number[];

/** Signals that make an hour count ([C]5). */
export const SIGNALS_MIN = 3;

/** A daily window: minutes since local midnight, and the same as `HH:mm`. It crosses midnight when `to` is not after `from`. */
export interface DailyHours {
  readonly from: number;
  readonly to: number;
  readonly fromText: string;
  readonly toText: string;
  readonly source: HoursSource;
}

export function dailyHours(from: number, to: number, source: HoursSource): DailyHours {
  return { from, to, fromText: formatTimeOfDay(from), toText: formatTimeOfDay(to), source };
}

const DEFAULT_HOURS = dailyHours(10 * 60, 18 * 60, 'default');

/** The customer's best hour, else the workspace's for the channel, else 10:00 to 18:00. Ties take the earliest hour (A69). */
export function bestHours(customer: HourlySignals | undefined, workspace: HourlySignals | undefined): DailyHours {
  return bestHour(customer, 'customer') ?? bestHour(workspace, 'workspace') ?? DEFAULT_HOURS;
}

function bestHour(signals: HourlySignals | undefined, source: HoursSource): DailyHours | undefined {
  let best = -1;
  let most = SIGNALS_MIN - 1;
  for (let hour = 0; hour < 24; hour++) {
    const count = signals?.[hour] ?? 0;
    if (count > most) {
      most = count;
      best = hour;
    }
  }
  return best < 0 ? undefined : dailyHours(best * 60, (best + 1) * 60, source);
}
