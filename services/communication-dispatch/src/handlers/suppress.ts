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
import type { SuppressionKey, SuppressionRow, Suppressions } from '../storage/suppressions.js';
import type { CommunicationWriter } from './communication-writer.js';

const ROUNDS_MAX = 10;

/** Who asked for it. */
export interface SuppressionRequest extends SuppressionKey {
  readonly workspace: string;
  readonly causation: string;
  readonly actor: string;
}

/**
 * Customers who do not want to be contacted on a channel: append, then the row that sends look at. What crosses each other is in the order
 * of the stream, in the row too.
 */
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
    const { customerId, channelId } = request;
    const about = communicationId === undefined ? {} : { communicationId };
    await this.obey(request, { type: 'SuppressCustomer', customerId, channelId, why, ...about });
  }

  async lift(request: SuppressionRequest): Promise<void> {
    const { customerId, channelId } = request;
    await this.obey(request, { type: 'LiftSuppression', customerId, channelId });
  }

  /** Those of a channel of the workspace, by customer. */
  ofChannel(workspace: string, channelId: string, after: string | undefined, limit: number) {
    return this.sources.suppressions.ofChannel(workspace, channelId, after, limit);
  }

  ofCustomer(workspace: string, customerId: string) {
    return this.sources.suppressions.ofCustomer(workspace, customerId);
  }

  /** The row says what the last event said that was met here: whoever goes on meanwhile writes a newer one, before or after. */
  private async obey(request: SuppressionRequest, command: SuppressionCommand): Promise<void> {
    const { workspace, customerId, channelId } = request;
    for (let round = 1; round <= ROUNDS_MAX; round += 1) {
      const said = await this.decide(request, command);
      if (said === 'conflict') continue;
      if (said !== undefined) await this.sources.suppressions.put({ workspace, customerId, channelId, ...said });
      return;
    }
    throw new Error(`A suppression was changed by others ${ROUNDS_MAX} times in a row`);
  }

  /** What the stream says now, and since which revision; nothing where it says nothing. */
  private async decide(
    request: SuppressionRequest,
    command: SuppressionCommand,
  ): Promise<Pick<SuppressionRow, 'revision' | 'isSuppressed'> | 'conflict' | undefined> {
    const { workspace, customerId, causation, actor } = request;
    const stream = streamOf(request);
    const [last] = await this.sources.store.readLast([stream]);
    const state = { isSuppressed: isSuppressed(last) };
    const decided = suppression.decide(command, state);
    if (decided.length === 0) return last && { revision: last.revision, ...state };
    const expectedRevision = last?.revision ?? NO_STREAM;
    const time = this.sources.clock.now().toISOString();
    const context = { workspace, key: customerId, correlation: causation, causation, hop: 0, actor, time };
    const commandId = derivedId(causation, command.type, stream, expectedRevision);
    const events = toNewEvents<SuppressionEvent>(context, commandId, stream, decided);
    const [outcome] = await this.sources.store.append([{ stream, expectedRevision, events }]);
    if (outcome === undefined || outcome.outcome === 'conflict') return 'conflict';
    return { revision: outcome.revision, ...decided.reduce(suppression.evolve, state) };
  }
}

function streamOf({ workspace, channelId, customerId }: SuppressionRequest): string {
  return streamName('suppression', derivedId('suppression', workspace, channelId, customerId));
}

function isSuppressed(last: StoredEvent | undefined): boolean {
  return last?.type === 'CustomerSuppressed';
}
