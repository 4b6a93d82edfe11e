import { type AppendOutcome, type EventStore, type Position, START, TransientError } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { customer } from '../domain/customer.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { participant } from '../domain/participant.js';
import { BatchDecision, type BatchStreams, ownEventIds, participantIdOf, type ResolvedItem } from './batch-decision.js';
import { newStream, streamFromLast, streamsBeforeBatch } from './batch-stream.js';
import { BATCH_ITEMS_MAX, type ItemBatch } from './item-batch.js';
import type { CreatedParticipants } from './created-participants.js';
import type { PreparedBatch } from './prepared-batch.js';
import type { ResolveCustomers } from './resolve-customers.js';
import { customerStream, participantStream } from './streams.js';

/** How often a batch is decided while others change the same people. */
const ATTEMPTS_MAX = 10;

export interface UpsertResult {
  /** In the order of the items. */
  readonly outcomes: readonly ItemOutcome[];
  /** Where the last event of the batch stands; START when nothing was written. */
  readonly position: Position;
}

export interface UpsertPorts {
  readonly store: EventStore;
  readonly resolveCustomers: ResolveCustomers;
  readonly created: CreatedParticipants;
  readonly clock: Clock;
}

/**
 * The one path of all doors: coerced items in, their outcomes out, in order. One append for the batch; no event where nothing
 * changed; the items of one person are applied in their order. Repeated after whatever interruption, it leads to the same
 * streams and answers the same, provided the batch says that it may be a repetition.
 *
 * Throws `TransientError` when the store or the database is away: the batch may then have been written, and is repeated.
 */
export class UpsertParticipants {
  constructor(private readonly ports: UpsertPorts) {}

  async upsert(batch: ItemBatch): Promise<UpsertResult> {
    return this.write(await this.prepare(batch));
  }

  /** Finds and reserves the customers. May run while the batch before is still being written. */
  async prepare(batch: ItemBatch): Promise<PreparedBatch> {
    if (batch.items.length > BATCH_ITEMS_MAX) throw new RangeError(`At most ${BATCH_ITEMS_MAX} items in a batch`);
    const readable = batch.items.filter(({ problems }) => problems.length === 0);
    const { customerIds, warnings, newcomers } = await this.ports.resolveCustomers.resolve(
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
    const prepared = { batch, resolved, newcomers };
    await this.ports.created.noteNewcomers(prepared);
    return prepared;
  }

  /** Decides and appends. Batches that may be about the same people are written one after the other. */
  async write(prepared: PreparedBatch): Promise<UpsertResult> {
    let { batch } = prepared;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const streams = await this.load(prepared, batch);
      const decision = new BatchDecision(batch, streams, this.ports.clock.now().toISOString());
      const outcomes = batch.items.map((item, index) => outcomeOf(decision, item, prepared.resolved[index]));
      const writes = decision.writes();
      await this.ports.created.noteOthers(prepared, streams);
      const appended = writes.length === 0 ? [] : await this.ports.store.append(writes);
      if (appended.every(({ outcome }) => outcome === 'appended')) {
        await this.ports.created.followMoved(prepared, outcomes, streams);
        return { outcomes, position: writes.length === 0 ? decision.lastStoredPosition : lastOf(appended) };
      }
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
    const last = streams.length === 0 ? [] : await this.ports.store.readLast(streams);
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
    const ofCustomers = await streamsBeforeBatch(
      this.ports.store,
      customers.map(customerStream),
      customer,
      own.customers,
    );
    const ofParticipants = await streamsBeforeBatch(
      this.ports.store,
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
