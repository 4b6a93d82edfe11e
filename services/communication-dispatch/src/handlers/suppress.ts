import { derivedId, NO_STREAM, streamName, toNewEvents, type EventStore } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { communicationOf } from '../domain/communication.js';
import { suppression, type SuppressionCommand, type SuppressionEvent } from '../domain/suppression.js';
import type { SuppressionKey, Suppressions } from '../storage/suppressions.js';
import type { CommunicationWriter } from './communication-writer.js';

const ROUNDS_MAX = 10;

/** Who asked for it. */
export interface SuppressionRequest extends SuppressionKey {
  readonly workspace: string;
  readonly causation: string;
  readonly actor: string;
}

/** Customers who do not want to be contacted on a channel: append, then the row that sends look at. */
export class Suppress {
  constructor(
    private readonly sources: {
      readonly store: EventStore;
      readonly clock: Clock;
      readonly suppressions: Suppressions;
      readonly writer: CommunicationWriter;
    },
  ) {}

  /** The person of a communication unsubscribed; `false` when there is no such communication. */
  async unsubscribe(communicationId: string, why: 'unsubscribed' | 'opted_out' = 'unsubscribed'): Promise<boolean> {
    const last = (await this.sources.writer.readLast([communicationId])).get(communicationId);
    const state = communicationOf(last);
    if (last === undefined || state === null) return false;
    const { customerId, channelId } = state.facts;
    const request = { workspace: last.workspace, customerId, channelId, causation: last.id, actor: 'customer' };
    await this.suppress(request, why, communicationId);
    return true;
  }

  async suppress(request: SuppressionRequest, why: string, communicationId?: string): Promise<void> {
    const { customerId, channelId, workspace } = request;
    const about = communicationId === undefined ? {} : { communicationId };
    await this.decide(request, { type: 'SuppressCustomer', customerId, channelId, why, ...about });
    await this.sources.suppressions.put({ customerId, channelId, workspace });
  }

  async lift(request: SuppressionRequest): Promise<void> {
    const { customerId, channelId } = request;
    await this.decide(request, { type: 'LiftSuppression', customerId, channelId });
    await this.sources.suppressions.remove({ customerId, channelId });
  }

  /** Those of a channel of the workspace, by customer. */
  ofChannel(workspace: string, channelId: string, after: string | undefined, limit: number) {
    return this.sources.suppressions.ofChannel(workspace, channelId, after, limit);
  }

  ofCustomer(workspace: string, customerId: string) {
    return this.sources.suppressions.ofCustomer(workspace, customerId);
  }

  private async decide(request: SuppressionRequest, command: SuppressionCommand): Promise<void> {
    const { workspace, customerId, channelId, causation, actor } = request;
    const stream = streamName('suppression', derivedId('suppression', workspace, channelId, customerId));
    for (let round = 1; round <= ROUNDS_MAX; round += 1) {
      const [last] = await this.sources.store.readLast([stream]);
      const state = { isSuppressed: last?.type === 'CustomerSuppressed' };
      const decided = suppression.decide(command, state);
      if (decided.length === 0) return;
      const time = this.sources.clock.now().toISOString();
      const context = { workspace, key: customerId, correlation: causation, causation, hop: 0, actor, time };
      const commandId = derivedId(causation, command.type, stream, last?.revision ?? NO_STREAM);
      const events = toNewEvents<SuppressionEvent>(context, commandId, stream, decided);
      const [outcome] = await this.sources.store.append([
        { stream, expectedRevision: last?.revision ?? NO_STREAM, events },
      ]);
      if (outcome?.outcome !== 'conflict') return;
    }
    throw new Error(`A suppression was changed by others ${ROUNDS_MAX} times in a row`);
  }
}
