import { derivedId, type EventStore, executeCommand, type Position, type StoredEvent } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { customer } from '../domain/customer.js';
import { participant } from '../domain/participant.js';
import { allParticipantsOf, type CustomerParticipants } from '../storage/customer-participants.js';
import type { IdentityKeys } from '../storage/identity-keys.js';
import type { CallerCommand } from './caller-command.js';
import type { KnownPeople } from './known-people.js';
import { customerStream, participantStream } from './streams.js';

export interface ErasePorts {
  readonly store: EventStore;
  readonly people: KnownPeople;
  readonly participants: CustomerParticipants;
  readonly identityKeys: IdentityKeys;
  readonly clock: Clock;
}

/** Participants whose streams are redacted in one call. */
const REDACT_STREAMS_MAX = 1_000;

/**
 * Erases a customer (rule 11). The command says so in the customer's stream, and nobody writes to it any more; what follows is
 * done from there, as often as it is repeated: every participant leaves its campaign, the streams lose what is personal, the
 * identities are free again. Other services do the same with theirs when they meet the participants' deletions.
 */
export class EraseCustomer {
  constructor(private readonly ports: ErasePorts) {}

  async execute({ workspace, actor, causation }: CallerCommand, customerId: string): Promise<Position> {
    await this.ports.people.customer(workspace, customerId);
    const { position } = await executeCommand(this.ports.store, customer, {
      stream: customerStream(customerId),
      command: { type: 'EraseCustomer', customerId },
      context: {
        workspace,
        key: customerId,
        time: this.ports.clock.now().toISOString(),
        causation,
        correlation: causation,
        actor,
        hop: 0,
      },
      commandId: derivedId(workspace, causation, 'erase', customerId),
      read: 'last',
    });
    return position;
  }

  /** Does what follows from a CustomerErased event. */
  async follow(erased: StoredEvent): Promise<void> {
    const { workspace, key: customerId } = erased;
    const { store, participants } = this.ports;
    await this.release(workspace, customerId);
    for await (const page of allParticipantsOf(participants, workspace, [customerId])) {
      await this.removeParticipants(
        erased,
        page.map(({ participantId }) => participantId),
      );
    }
    await store.redact([customerStream(customerId)]);
    await participants.forget(workspace, customerId);
  }

  /** These participants leave their campaigns, and their streams lose what is personal. */
  async removeParticipants(erased: StoredEvent, participantIds: readonly string[]): Promise<void> {
    for (const participantId of participantIds) await this.remove(erased, participantId);
    for (let from = 0; from < participantIds.length; from += REDACT_STREAMS_MAX) {
      await this.ports.store.redact(participantIds.slice(from, from + REDACT_STREAMS_MAX).map(participantStream));
    }
  }

  /** Nothing identifies the customer any longer, neither what the profile ever had nor what a row that failed had claimed. */
  async release(workspace: string, customerId: string): Promise<void> {
    await this.ports.identityKeys.release(workspace, customerId);
  }

  private async remove(erased: StoredEvent, participantId: string): Promise<void> {
    const { workspace, correlation, actor, hop } = erased;
    await executeCommand(this.ports.store, participant, {
      stream: participantStream(participantId),
      command: { type: 'DeleteParticipant', id: participantId, erased: true },
      context: { workspace, key: participantId, time: erased.time, causation: erased.id, correlation, actor, hop },
      commandId: derivedId(erased.id, participantId),
      read: 'last',
    });
  }
}
