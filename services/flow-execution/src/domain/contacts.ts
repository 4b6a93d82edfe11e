import { DAY_MS, type TimeZone, timeZone } from '@poinciana/campaign-definition';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { ParticipantState } from '@poinciana/flow-engine';
import type { FlowParticipant } from './flow-participant.js';

/** How many times of reading and replying are remembered of one participant. */
export const CONTACTS_MAX = 100;
/** How old a signal may be ([C]5). */
export const SIGNAL_AGE_MS = 90 * DAY_MS;
const SIGNALS = ['CommunicationRead', 'CommunicationReplied'];
const HOUR_MS = 3_600_000;

/** Whether an event says that somebody read or replied. */
export function isSignal({ type }: Pick<StoredEvent, 'type'>): boolean {
  return SIGNALS.includes(type);
}

/** The hour of an instant in a zone, 0 to 23. */
export function localHour(zone: TimeZone, instant: number): number {
  return Math.floor((zone.localTime(instant) - zone.localDay(instant) * DAY_MS) / HOUR_MS);
}

/** The times at which she read or replied, after an event of one of her communications, whatever its channel (A69). */
export function contactsAfter({ contacts = [] }: FlowParticipant, event: StoredEvent): readonly string[] {
  return isSignal(event) ? [...contacts, event.time].slice(-CONTACTS_MAX) : contacts;
}

/** What the flows see, with the hours in which she read or replied in the last 90 days, in her present zone (A69). */
export function withSignals(
  { seen, contacts = [] }: FlowParticipant,
  now: string,
  workspaceZone: string,
): ParticipantState {
  if (contacts.length === 0) return seen;
  const zone = timeZone(seen.zone ?? workspaceZone);
  const since = Date.parse(now) - SIGNAL_AGE_MS;
  const hours = Array.from({ length: 24 }, () => 0);
  for (const instant of contacts.map((each) => Date.parse(each)).filter((each) => each >= since)) {
    const hour = localHour(zone, instant);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return { ...seen, contactSignals: hours };
}
