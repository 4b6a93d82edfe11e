import { type EventStore, NO_STREAM, type StoredEvent } from '@poinciana/event-sourcing';
import type { ItemOutcome } from '../domain/item-outcome.js';
import type { CustomerParticipants, NotedParticipant } from '../storage/customer-participants.js';
import type { BatchStreams, ResolvedItem } from './batch-decision.js';
import type { BatchStream } from './batch-stream.js';
import type { EraseCustomer } from './erase-customer.js';
import type { PreparedBatch } from './prepared-batch.js';
import type { ProfileFollowers } from './profile-followers.js';
import { customerStream } from './streams.js';

export interface CreatedPorts {
  readonly store: EventStore;
  readonly participants: CustomerParticipants;
  readonly followers: ProfileFollowers;
  readonly eraseCustomer: EraseCustomer;
}

/**
 * Knows whose the participants are that a batch creates: noted before their streams begin. Afterwards it looks whether their
 * customers moved meanwhile, because whoever follows a customer may have come before the participant was there.
 */
export class CreatedParticipants {
  constructor(private readonly ports: CreatedPorts) {}

  /** Those of customers that this batch made. */
  async noteNewcomers({ batch, resolved, newcomers }: PreparedBatch): Promise<void> {
    await this.note(batch, resolved, ({ customerId }) => newcomers.has(customerId));
  }

  /** Those of other customers that stand nowhere yet. */
  async noteOthers({ batch, resolved, newcomers }: PreparedBatch, streams: BatchStreams): Promise<void> {
    const isNew = ({ participantId }: ResolvedItem) =>
      streams.participants.get(participantId)?.expectedRevision === NO_STREAM;
    await this.note(batch, resolved, (item) => !newcomers.has(item.customerId) && isNew(item));
  }

  /** After the batch was appended. */
  async followMoved(prepared: PreparedBatch, outcomes: readonly ItemOutcome[], streams: BatchStreams): Promise<void> {
    const { workspace } = prepared.batch;
    await this.releaseErased(prepared, outcomes);
    const created = prepared.resolved.flatMap((item, at) =>
      item === undefined || outcomes[at]?.outcome !== 'created' || prepared.newcomers.has(item.customerId)
        ? []
        : [item],
    );
    const customers = [...new Set(created.map(({ customerId }) => customerId))];
    if (customers.length === 0) return;
    const last = await this.ports.store.readLast(customers.map(customerStream));
    const moved = last.filter((event) => event !== undefined).filter((event) => isMoved(event, streams));
    await this.ports.followers.follow(
      workspace,
      moved.filter(({ type }) => type === 'CustomerProfileChanged'),
    );
    for (const erased of moved.filter(({ type }) => type === 'CustomerErased')) {
      const theirs = created.filter(({ customerId }) => customerId === erased.key);
      await this.ports.eraseCustomer.removeParticipants(
        erased,
        theirs.map(({ participantId }) => participantId),
      );
    }
  }

  /** What was claimed for a customer who was erased meanwhile must identify nobody. */
  private async releaseErased({ batch, resolved }: PreparedBatch, outcomes: readonly ItemOutcome[]): Promise<void> {
    const erased = resolved.flatMap((item, at) =>
      item !== undefined && isOfErased(outcomes[at]) ? [item.customerId] : [],
    );
    for (const customerId of new Set(erased)) await this.ports.eraseCustomer.release(batch.workspace, customerId);
  }

  private async note(
    { workspace, campaignId }: PreparedBatch['batch'],
    resolved: PreparedBatch['resolved'],
    which: (resolved: ResolvedItem) => boolean,
  ): Promise<void> {
    const noted = new Map<string, NotedParticipant>();
    for (const item of resolved) {
      if (item === undefined || noted.has(item.participantId) || !which(item)) continue;
      const { customerId, participantId } = item;
      noted.set(participantId, { customerId, participantId, campaignId, objectId: item.item.objectId });
    }
    if (noted.size > 0) await this.ports.participants.note(workspace, [...noted.values()]);
  }
}

function isOfErased(outcome: ItemOutcome | undefined): boolean {
  return outcome?.outcome === 'failed' && outcome.problems[0]?.code === 'customer_erased';
}

function isMoved({ key, revision }: StoredEvent, { customers }: BatchStreams): boolean {
  return revision !== revisionAfter(customers.get(key));
}

function revisionAfter(stream: BatchStream<unknown> | undefined): number {
  return stream === undefined ? NO_STREAM : stream.expectedRevision + (stream.own?.size ?? stream.events.length);
}
