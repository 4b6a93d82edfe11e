import { derivedId } from '@poinciana/event-sourcing';
import { addressOf, isEnded, isInProgress, type KnownCommunication } from '../domain/communication.js';
import { timerOf, type Timer } from '../domain/timer.js';

/** What the table of timers knows of a communication that is not ended. Holds no value about a person. */
export interface OpenCommunication {
  readonly communicationId: string;
  readonly workspace: string;
  readonly campaignId: string;
  readonly participantId: string;
  readonly channelId: string;
  /** Derived from channel and address: finds whose reply it is, and tells nobody the address. */
  readonly addressKey: string;
  readonly providerMessageId: string | undefined;
  /** Set once the conversation is open. */
  readonly startedAt: string | undefined;
  readonly timer: Timer;
}

/** A communication as its stream stood at a revision: open with its next timer, or ended. */
export interface TimerChange {
  readonly communicationId: string;
  /** An older revision never overwrites a newer one. */
  readonly revision: number;
  readonly open: OpenCommunication | undefined;
}

const PHONE_NUMBER = /^\+?[\d\s().-]+$/;

/** Where replies to an address of a channel are looked for: phone numbers by their digits, others without regard to case (A17). */
export function addressKeyOf(channelId: string, address: string): string {
  const plain = PHONE_NUMBER.test(address) ? address.replace(/\D/g, '') : address.trim().toLowerCase();
  return derivedId('address', channelId, plain);
}

/** Whether an open communication has the same row in both states, but for its revision. */
export function haveSameTimer(one: KnownCommunication, other: KnownCommunication): boolean {
  const [timer, otherTimer] = [timerOf(one), timerOf(other)];
  return (
    timer !== undefined &&
    timer.kind === otherTimer?.kind &&
    timer.dueAt === otherTimer.dueAt &&
    one.facts.providerMessageId === other.facts.providerMessageId &&
    one.facts.startedAt === other.facts.startedAt &&
    isInProgress(one) === isInProgress(other) &&
    addressOf(one) === addressOf(other)
  );
}

export function timerChangeOf(workspace: string, state: KnownCommunication, revision: number): TimerChange {
  const { facts } = state;
  const timer = timerOf(state);
  const { id: communicationId } = facts;
  if (timer === undefined || isEnded(state)) return { communicationId, revision, open: undefined };
  const open: OpenCommunication = {
    communicationId,
    workspace,
    campaignId: facts.campaignId,
    participantId: facts.participantId,
    channelId: facts.channelId,
    addressKey: addressKeyOf(facts.channelId, addressOf(state)),
    providerMessageId: facts.providerMessageId,
    startedAt: isInProgress(state) ? facts.startedAt : undefined,
    timer,
  };
  return { communicationId, revision, open };
}
