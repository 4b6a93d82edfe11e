import type { MessageStatus } from '../ledger/accepted-message.js';
import type { PersonKind } from '../people/person.js';
import type { SimulatorMode } from '../settings.js';
import type { Simulation } from '../simulation.js';
import type { ForgeryTally } from '../webhooks/notifier.js';
import type { DeliveryTally } from '../webhooks/webhook-delivery.js';

const DOUBLED_SHOWN_MAX = 100;

/** What the simulator has counted since it started or was reset. */
export interface SimulatorSummary {
  readonly mode: SimulatorMode;
  /** Messages accepted. */
  readonly accepted: number;
  /** Distinct communications (`biz_opaque_callback_data`) among them. */
  readonly communications: number;
  /** Accepted messages that named no communication. */
  readonly withoutCommunication: number;
  /** The most often that one communication was accepted; above 1 somebody was contacted twice. */
  readonly acceptedPerCommunicationMax: number;
  readonly communicationsAcceptedMoreThanOnce: number;
  /** The first 100 of those. */
  readonly doubled: readonly { readonly communicationId: string; readonly accepted: number }[];
  readonly people: Readonly<Record<PersonKind, number>>;
  readonly statuses: Readonly<Record<MessageStatus, number>>;
  /** Requests refused, by the provider's code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Messages of people to the business. */
  readonly inbound: number;
  /** Accepted messages whose person has still something to do. */
  readonly awaited: number;
  /** `waiting` includes what faults hold back. */
  readonly webhooks: DeliveryTally & { readonly forgeries: ForgeryTally };
}

export function summaryOf(simulation: Simulation): SimulatorSummary {
  const { ledger, delivery, notifier } = simulation;
  const counted = countCommunications(ledger.communications());
  const webhooks = delivery.tally;
  return {
    mode: simulation.mode,
    accepted: ledger.length,
    communications: counted.communications,
    withoutCommunication: ledger.length - counted.accepted,
    acceptedPerCommunicationMax: counted.max,
    communicationsAcceptedMoreThanOnce: counted.moreThanOnce,
    doubled: counted.doubled,
    ...ledger.tally(),
    refused: simulation.provider.refusals,
    inbound: simulation.inboundMessages,
    awaited: simulation.population.awaited,
    webhooks: { ...webhooks, waiting: webhooks.waiting + notifier.late, forgeries: notifier.forgeries },
  };
}

function countCommunications(communications: Iterable<readonly [communicationId: string, accepted: number]>) {
  const counted = { communications: 0, accepted: 0, max: 0, moreThanOnce: 0 };
  const doubled: { communicationId: string; accepted: number }[] = [];
  for (const [communicationId, accepted] of communications) {
    counted.communications += 1;
    counted.accepted += accepted;
    counted.max = Math.max(counted.max, accepted);
    if (accepted < 2) continue;
    counted.moreThanOnce += 1;
    if (doubled.length < DOUBLED_SHOWN_MAX) doubled.push({ communicationId, accepted });
  }
  return { ...counted, doubled };
}
