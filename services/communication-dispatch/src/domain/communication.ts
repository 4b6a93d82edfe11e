import { isFinalStatus, type CommunicationStatus } from '@poinciana/campaign-definition';
import type { communication as contract } from '@poinciana/contracts';
import type { EventOf, StoredEvent } from '@poinciana/event-sourcing';

/** What the last attempt to send waits for: the provider's answer, proof of an answer that was lost, or the next attempt. */
export type DispatchPhase = 'requested' | 'unknown' | 'delayed';

/** What every event of a communication repeats, with the narrow types that this service, its only writer, keeps to. */
export interface CommunicationFacts extends Omit<contract.Communication, 'status' | 'dispatch' | 'signals'> {
  readonly status: CommunicationStatus;
  readonly dispatch?: DispatchPhase | undefined;
  /** When the provider first told each signal, by its name. */
  readonly signals?: Readonly<Record<string, string>> | undefined;
}

/** Values about the person. Gone after an erasure. */
export type CommunicationPersonal = contract.CommunicationPersonal;

/** A communication as its last event tells it; `null` before it was planned. */
export type Communication = {
  readonly facts: CommunicationFacts;
  readonly personal: CommunicationPersonal | undefined;
} | null;
export type KnownCommunication = NonNullable<Communication>;

type Told<Data> = Omit<Data, 'communication'> & { readonly communication: CommunicationFacts };
type Event<Type extends string, Data extends object> = EventOf<Type, Told<Data>, CommunicationPersonal>;

export type CommunicationEvent =
  | Event<'CommunicationPlanned', contract.CommunicationPlanned>
  | Event<'CommunicationReplanned', contract.CommunicationReplanned>
  | Event<'DispatchRequested', contract.DispatchRequested>
  | Event<'DispatchDelayed', contract.DispatchDelayed>
  | Event<'CommunicationStarted', contract.CommunicationStarted>
  | Event<'CommunicationDelivered', contract.CommunicationDelivered>
  | Event<'CommunicationRead', contract.CommunicationRead>
  | Event<'CommunicationReplied', contract.CommunicationReplied>
  | Event<'CommunicationResultsChanged', contract.CommunicationResultsChanged>
  | Event<'CommunicationEnded', contract.CommunicationEnded>
  | Event<'CommunicationErased', contract.CommunicationErased>
  | Event<'SignalNoted', contract.SignalNoted>;

/** The last event of a stream is its state. */
export function communicationOf(last: StoredEvent | undefined): Communication {
  if (last === undefined) return null;
  const { communication } = last.data as { readonly communication: CommunicationFacts };
  return { facts: communication, personal: last.personal as CommunicationPersonal | undefined };
}

/** The state that an event tells. */
export function afterEvent({ data, personal }: CommunicationEvent): KnownCommunication {
  return { facts: data.communication, personal };
}

export function isEnded({ facts }: KnownCommunication): boolean {
  return isFinalStatus(facts.status);
}

/** Started, and not ended: the conversation is open. */
export function isInProgress({ facts }: KnownCommunication): boolean {
  return facts.status !== 'Planned' && !isFinalStatus(facts.status);
}

/** Where the person is reached, as the provider knows it if it said so; empty after an erasure. */
export function addressOf({ personal }: KnownCommunication): string {
  return personal?.providerAddress ?? personal?.address ?? '';
}

/** The instant at which a started conversation's duration is over; it is open before it, not at it (A63). */
export function durationEnd({ facts }: KnownCommunication): string | undefined {
  return facts.startedAt === undefined ? undefined : later(facts.startedAt, facts.durationMs);
}

/** An instant moved by milliseconds, ISO 8601 in UTC. */
export function later(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}
