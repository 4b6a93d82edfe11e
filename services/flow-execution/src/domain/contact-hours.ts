import { DAY_MS, formatDay, timeZone } from '@poinciana/campaign-definition';
import type { communication as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { RunsInput } from '@poinciana/flow-engine';
import { SIGNAL_AGE_MS, isSignal, localHour } from './contacts.js';

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
  return formatDay(Math.floor((now.getTime() - SIGNAL_AGE_MS) / DAY_MS));
}

/** The signals of one participant's events behind a place in the log, each counted once. */
export function contactHours(
  events: readonly StoredEvent[],
  { appliedTo, zone }: { readonly appliedTo: number; readonly zone: string },
): readonly ContactHour[] {
  return events
    .filter((event) => isSignal(event) && event.position.number > appliedTo)
    .map(({ workspace, time, data }) => {
      const { channelType } = (data as contract.CommunicationRead).communication;
      const hour = localHour(timeZone(zone), Date.parse(time));
      return { workspace, channelType, day: time.slice(0, 10), hour, count: 1 };
    });
}

/** Each workspace, channel, day and hour once, in one order for everybody, so that two who write them wait for no circle. */
export function summedHours(hours: readonly ContactHour[]): readonly ContactHour[] {
  const summed = new Map<string, ContactHour>();
  for (const each of hours) {
    const key = `${each.workspace}/${each.channelType}/${each.day}/${each.hour}`;
    summed.set(key, { ...each, count: (summed.get(key)?.count ?? 0) + each.count });
  }
  return [...summed].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}
