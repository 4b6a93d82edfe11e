import {
  type AppendOutcome,
  type EventStore,
  type Position,
  START,
  streamName,
  TransientError,
} from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { customer } from '../domain/customer.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { participant } from '../domain/participant.js';
import { BatchDecision, type BatchStreams, ownEventIds, participantIdOf, type ResolvedItem } from './batch-decision.js';
import { newStream, streamFromLast, streamsBeforeBatch } from './batch-stream.js';
import { BATCH_ITEMS_MAX, type ItemBatch } from './item-batch.js';
import type { ResolveCustomers } from './resolve-customers.js';

/** How often a batch is decided while others change the same people. */
const ATTEMPTS_MAX = 10;

/** A batch whose customers are known and reserved. */
export interface PreparedBatch {
  readonly batch: ItemBatch;
  /** In the order of the items; `undefined` for an item that cannot be read. */
  readonly resolved: readonly (ResolvedItem | undefined)[];
  /** Customers who were made by this very batch, so that nobody can have written about them. */
  readonly newcomers: ReadonlySet<string>;
}

export interface UpsertResult {
  /** In the order of the items. */
  readonly outcomes: readonly ItemOutcome[];
  /** Where the last event of the batch stands; START when nothing was written. */
  readonly position: Position;
}

/**
 * The one path of all doors: coerced items in, their outcomes out, in order. One append for the batch; no event where nothing
 * changed; the items of one person are applied in their order. Repeated after whatever interruption, it leads to the same
 * streams and answers the same, provided the batch says that it may be a repetition.
 *
 * Throws `TransientError` when the store or the database is away: the batch may then have been written, and is repeated.
 */
export class UpsertParticipants {
  constructor(
    private readonly store: EventStore,
    private readonly resolveCustomers: ResolveCustomers,
    private readonly clock: Clock,
  ) {}

  async upsert(batch: ItemBatch): Promise<UpsertResult> {
    return this.write(await this.prepare(batch));
  }

  /** Finds and reserves the customers. May run while the batch before is still being written. */
  async prepare(batch: ItemBatch): Promise<PreparedBatch> {
    if (batch.items.length > BATCH_ITEMS_MAX) throw new RangeError(`At most ${BATCH_ITEMS_MAX} items in a batch`);
    const readable = batch.items.filter(({ problems }) => problems.length === 0);
    const { customerIds, warnings, newcomers } = await this.resolveCustomers.resolve(
      batch.workspace,
      readable.map(({ keys }) => keys),
    );
    let at = 0;
    const resolved = batch.items.map((item) => {
      if (item.problems.length > 0) return undefined;
      const customerId = customerIds[at] ?? '';
      const warned = [...item.warnings, ...(warnings[at++] ?? [])];
      return {
        item,
        customerId,
        participantId: participantIdOf(batch.campaignId, customerId, item.objectId),
        warnings: warned,
      };
    });
    return { batch, resolved, newcomers };
  }

  /** Decides and appends. Batches that may be about the same people are written one after the other. */
  async write(prepared: PreparedBatch): Promise<UpsertResult> {
    let { batch } = prepared;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const decision = new BatchDecision(batch, await this.load(prepared, batch), this.clock.now().toISOString());
      const outcomes = batch.items.map((item, index) => outcomeOf(decision, item, prepared.resolved[index]));
      const writes = decision.writes();
      if (writes.length === 0) return { outcomes, position: decision.lastStoredPosition };
      const appended = await this.store.append(writes);
      if (appended.every(({ outcome }) => outcome === 'appended')) return { outcomes, position: lastOf(appended) };
      // Somebody else wrote to some of these streams, or this very batch did in another process: what stands there counts.
      batch = { ...batch, mayBeRepeated: true };
    }
    throw new TransientError(`Others changed the same people ${ATTEMPTS_MAX} times while a batch was decided`);
  }

  private async load(prepared: PreparedBatch, batch: ItemBatch): Promise<BatchStreams> {
    const known = prepared.resolved.filter((resolved) => resolved !== undefined);
    const isNew = ({ customerId }: ResolvedItem) => !batch.mayBeRepeated && prepared.newcomers.has(customerId);
    const old = known.filter((resolved) => !isNew(resolved));
    const customers = [...new Set(old.map(({ customerId }) => customerId))];
    const participants = [...new Set(old.map(({ participantId }) => participantId))];
    const loaded = batch.mayBeRepeated
      ? await this.loadBeforeBatch(batch, customers, participants)
      : await this.loadLast(customers, participants);
    for (const resolved of known.filter(isNew)) {
      const { customerId, participantId } = resolved;
      if (!loaded.customers.has(customerId))
        loaded.customers.set(customerId, newStream(customerStream(customerId), customer));
      if (!loaded.participants.has(participantId)) {
        loaded.participants.set(participantId, newStream(participantStream(participantId), participant));
      }
    }
    return loaded;
  }

  private async loadLast(customers: readonly string[], participants: readonly string[]) {
    const streams = [...customers.map(customerStream), ...participants.map(participantStream)];
    const last = streams.length === 0 ? [] : await this.store.readLast(streams);
    return {
      customers: new Map(customers.map((id, at) => [id, streamFromLast(customerStream(id), customer, last[at])])),
      participants: new Map(
        participants.map((id, at) => [
          id,
          streamFromLast(participantStream(id), participant, last[customers.length + at]),
        ]),
      ),
    };
  }

  private async loadBeforeBatch(batch: ItemBatch, customers: readonly string[], participants: readonly string[]) {
    const own = ownEventIds(batch);
    const ofCustomers = await streamsBeforeBatch(this.store, customers.map(customerStream), customer, own.customers);
    const ofParticipants = await streamsBeforeBatch(
      this.store,
      participants.map(participantStream),
      participant,
      own.participants,
    );
    return {
      customers: new Map(ofCustomers.map((stream, at) => [customers[at] ?? '', stream])),
      participants: new Map(ofParticipants.map((stream, at) => [participants[at] ?? '', stream])),
    };
  }
}

export function customerStream(customerId: string): string {
  return streamName('customer', customerId);
}

export function participantStream(participantId: string): string {
  return streamName('participant', participantId);
}

function outcomeOf(
  decision: BatchDecision,
  item: ItemBatch['items'][number],
  resolved: ResolvedItem | undefined,
): ItemOutcome {
  if (resolved === undefined) return { outcome: 'failed', problems: item.problems, warnings: item.warnings };
  return decision.decide(resolved);
}

function lastOf(appended: readonly AppendOutcome[]): Position {
  return appended.reduce<Position>(
    (last, outcome) =>
      outcome.outcome !== 'conflict' && outcome.position.number > last.number ? outcome.position : last,
    START,
  );
}
