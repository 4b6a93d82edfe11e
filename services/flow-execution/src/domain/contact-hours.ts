import { DAY_MS, formatDay } from '@poinciana/campaign-definition';
import type { RunsInput } from '@poinciana/flow-engine';
import { type Contact, firstSignalAt } from './contacts.js';

/** When people of a workspace read or replied, by channel: what Best time to contact falls back on ([C]5). */
export type WorkspaceSignals = NonNullable<RunsInput['workspaceSignals']>;

/** How often people of a workspace read or replied over a channel, in one local hour of a day. */
export interface ContactHour {
  readonly workspace: string;
  readonly channelType: string;
  /** The day of the signals in UTC, `YYYY-MM-DD`. */
  readonly day: string;
  /** The hour where each person is, 0 to 23 (A69). */
  readonly hour: number;
  readonly count: number;
}

/** The first day whose signals count at an instant. */
export function firstSignalDay(now: Date): string {
  return formatDay(Math.floor(firstSignalAt(now.getTime()) / DAY_MS));
}

/** Each workspace, channel, day and hour once, in one order for everybody, so that two who write them wait for no circle. */
export function summedHours(contacts: readonly Contact[]): readonly ContactHour[] {
  const summed = new Map<string, ContactHour>();
  for (const { workspace, channelType, time, hour } of contacts) {
    const day = time.slice(0, 10);
    const key = `${workspace}/${channelType}/${day}/${hour}`;
    summed.set(key, { workspace, channelType, day, hour, count: (summed.get(key)?.count ?? 0) + 1 });
  }
  return [...summed].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}
