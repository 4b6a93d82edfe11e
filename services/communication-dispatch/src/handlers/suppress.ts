import {
  derivedId,
  NO_STREAM,
  readStream,
  streamName,
  toNewEvents,
  type EventStore,
  type StoredEvent,
} from '@poinciana/event-sourcing';
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
  async unsubscribe(communicationId: string): Promise<boolean> {
    const last = (await this.sources.writer.readLast([communicationId])).get(communicationId);
    const state = communicationOf(last);
    if (last === undefined || state === null) return false;
    const { customerId, channelId } = state.facts;
    const request = { workspace: last.workspace, customerId, channelId, causation: last.id, actor: 'customer' };
    await this.suppress(request, 'unsubscribed', communicationId);
    return true;
  }

  /** The provider said at the end of a communication that the person opted out: obeyed once, whatever was lifted since. */
  async optOut(end: StoredEvent): Promise<void> {
    const state = communicationOf(end);
    if (state === null) return;
    const { customerId, channelId, id } = state.facts;
    const request = { workspace: end.workspace, customerId, channelId, causation: end.id, actor: 'customer' };
    const known = await readStream(this.sources.store, streamOf(request));
    const isObeyed = known.some(({ causation }) => causation === end.id);
    if (isObeyed && !isSuppressed(known.at(-1))) return;
    await this.suppress(request, 'opted_out', id);
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
    const { workspace, customerId, causation, actor } = request;
    const stream = streamOf(request);
    for (let round = 1; round <= ROUNDS_MAX; round += 1) {
      const [last] = await this.sources.store.readLast([stream]);
      const decided = suppression.decide(command, { isSuppressed: isSuppressed(last) });
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

function streamOf({ workspace, channelId, customerId }: SuppressionRequest): string {
  return streamName('suppression', derivedId('suppression', workspace, channelId, customerId));
}

function isSuppressed(last: StoredEvent | undefined): boolean {
  return last?.type === 'CustomerSuppressed';
}
