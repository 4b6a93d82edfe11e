import {
  DAY_MS,
  type Flow,
  type KnownCampaign,
  type TimeZone,
  timeZone,
  usesBestTime,
} from '@poinciana/campaign-definition';
import type { communication, participant } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { ParticipantState } from '@poinciana/flow-engine';
import type { FlowParticipant } from './flow-participant.js';

/** How many times of reading and replying are remembered of one customer. */
export const CONTACTS_MAX = 100;
/** How old a signal may be ([C]5). */
const SIGNAL_AGE_MS = 90 * DAY_MS;
const SIGNALS = ['CommunicationRead', 'CommunicationReplied'];
const HOUR_MS = 3_600_000;

/** Whose habits they are: those of a customer, whatever the campaign ([C]5), in one workspace. */
export type Customer = Pick<FlowParticipant, 'workspace' | 'customerId'>;

/** A customer read or replied. */
export interface Contact extends Customer {
  readonly channelType: string;
  /** The number in the log of the event that says so. */
  readonly number: number;
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** The hour where she is, 0 to 23 (A69). */
  readonly hour: number;
}

/** The first instant whose signals count at another one, in milliseconds since 1970. */
export function firstSignalAt(now: number): number {
  return now - SIGNAL_AGE_MS;
}

/**
 * The signals among events of one participant, each counted once. What comes behind the end of a life is none: whoever was erased is not
 * heard of again.
 */
export function contactsIn(
  events: readonly StoredEvent[],
  { appliedTo, phase, life }: Pick<FlowParticipant, 'appliedTo' | 'phase' | 'life'>,
  zone: string,
): readonly Contact[] {
  const contacts: Contact[] = [];
  let livesEnded = phase === 'deleted' ? life : life - 1;
  for (const { type, data, position, workspace, time } of events) {
    if (position.number <= appliedTo) continue;
    if (type === 'ParticipantDeleted') livesEnded = (data as participant.ParticipantDeleted).participant.life;
    if (!SIGNALS.includes(type)) continue;
    const { customerId, channelType, life: ofLife } = (data as communication.CommunicationRead).communication;
    if (ofLife <= livesEnded) continue;
    const hour = localHour(timeZone(zone), Date.parse(time));
    contacts.push({ workspace, customerId, channelType, number: position.number, time, hour });
  }
  return contacts;
}

const asking = new WeakMap<KnownCampaign, boolean>();

/** Whether a flow of a campaign, in any version, leaves the hour to Best time to contact: else nobody asks when its customers read or replied. */
export function asksForBestTime(campaign: KnownCampaign): boolean {
  const known = asking.get(campaign);
  if (known !== undefined) return known;
  const flows = Object.values(campaign.flowVersions).flatMap((versions) => Object.values(versions));
  const asks = flows.some((flow) => usesBestTime(flow as Flow));
  asking.set(campaign, asks);
  return asks;
}

/** When a customer read or replied, by the events up to a place in the log, the newest first. */
export type ContactsOf = (customerId: string, upTo: number) => readonly string[];

/** What is kept of customers, by customer, and what a batch tells of them beside it. */
export function knownContacts(kept: ReadonlyMap<string, readonly string[]>, told: readonly Contact[]): ContactsOf {
  const toldOf = new Map<string, Contact[]>();
  for (const contact of told.toSorted((one, other) => other.number - one.number)) {
    const known = toldOf.get(contact.customerId);
    if (known === undefined) toldOf.set(contact.customerId, [contact]);
    else known.push(contact);
  }
  return (customerId, upTo) => {
    const newer = (toldOf.get(customerId) ?? []).filter(({ number }) => number <= upTo).map(({ time }) => time);
    return [...newer, ...(kept.get(customerId) ?? [])].slice(0, CONTACTS_MAX);
  };
}

/** What the flows see, with the hours in which her customer read or replied in the last 90 days, in her present zone (A69). */
export function withSignals(
  { seen }: Pick<FlowParticipant, 'seen'>,
  contacts: readonly string[],
  now: string,
  workspaceZone: string,
): ParticipantState {
  if (contacts.length === 0) return seen;
  const zone = timeZone(seen.zone ?? workspaceZone);
  const since = firstSignalAt(Date.parse(now));
  const hours = Array.from({ length: 24 }, () => 0);
  for (const instant of contacts.map((each) => Date.parse(each)).filter((each) => each >= since)) {
    const hour = localHour(zone, instant);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return { ...seen, contactSignals: hours };
}

/** The hour of an instant in a zone, 0 to 23. */
function localHour(zone: TimeZone, instant: number): number {
  return Math.floor((zone.localTime(instant) - zone.localDay(instant) * DAY_MS) / HOUR_MS);
}
