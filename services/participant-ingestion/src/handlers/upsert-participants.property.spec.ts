import { describe, expect, it } from '@jest/globals';
import { Cut, Cuts, type EventStore, InMemoryEventStore, type StoredEvent } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import { batchOf, ingestion, logOf, type Row } from '../../test/fixtures.js';
import { EventIds } from '../domain/event-ids.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { InMemoryIdentityKeys } from '../storage/in-memory-identity-keys.js';

const CAUSES = ['cause-0', 'cause-1', 'cause-2', 'cause-3'] as const;

/** Few people and few values, so that batches meet. */
const row: fc.Arbitrary<Row> = fc.record(
  {
    external_id: fc.constantFrom('x1', 'x2', 'x3'),
    email: fc.constantFrom('a@example.com', 'A@example.com', 'b@example.com', 'broken'),
    phone: fc.constantFrom('+49 1512 3456789', '4915123456789', '4915123450000'),
    object_id: fc.constantFrom('', 'loan'),
    amount: fc.constantFrom('1', '2', null, ''),
  },
  { requiredKeys: [] },
);
const batches = fc.tuple(...CAUSES.map(() => fc.array(row, { minLength: 1, maxLength: 4 })));
/** At which append each batch is cut the first time; beyond its appends it is not cut. */
const cutPoints = fc.tuple(...CAUSES.map(() => fc.integer({ min: 1, max: 14 })));

/** A store whose every answer waits for its turn. */
function waiting(store: EventStore, turn: () => Promise<unknown>): EventStore {
  return {
    append: async (writes) => turn().then(() => store.append(writes)),
    readTails: async (tails, limit) => turn().then(() => store.readTails(tails, limit)),
    readLast: async (streams) => turn().then(() => store.readLast(streams)),
    readLog: (after, limit) => store.readLog(after, limit),
    head: (shard) => store.head(shard),
    redact: (streams) => store.redact(streams),
    onAppended: (listener) => store.onAppended(listener),
  };
}

/** Cuts that can be renewed, so that each batch has its own. */
class SwitchedCuts extends Cuts {
  private current = new Cuts();
  begin(cutAt: number): void {
    this.current = new Cuts(cutAt);
  }
  override pass(point: string): void {
    this.current.pass(point);
  }
}

/** What the log says an item led to; its answer must say the same. */
function outcomeByLog(log: readonly StoredEvent[], cause: string, number: number): ItemOutcome['outcome'] {
  const ids = new EventIds(cause);
  const event = log.find(({ id }) => id === ids.participantEvent(number));
  if (event !== undefined) return event.type === 'ParticipantCreated' ? 'created' : 'updated';
  return log.some(({ id }) => id === ids.customerEvent(number)) ? 'updated' : 'unchanged';
}

function holdsTogether(log: readonly StoredEvent[]): void {
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const owners = new Map<unknown, string>();
  const values = new Map<string, object>();
  for (const event of log) {
    const { changed } = event.data as { changed: string[] };
    const after = event.personal as { values?: Record<string, unknown>; profile?: Record<string, unknown> };
    const now = after.values ?? after.profile ?? {};
    // Every event changes something, and says exactly what.
    const before: Record<string, unknown> = { ...values.get(event.stream) };
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    expect(names.filter((name) => before[name] !== now[name]).sort()).toEqual([...changed].sort());
    values.set(event.stream, now);
    if (after.profile?.['external_id'] === undefined) continue;
    const owner = owners.get(after.profile['external_id']) ?? event.stream;
    owners.set(after.profile['external_id'], owner);
    expect(event.stream).toBe(owner);
  }
}

describe('upserts of several doors', () => {
  it('answer what the log says, however they are cut, repeated and interleaved', async () => {
    const property = fc.asyncProperty(fc.scheduler(), batches, cutPoints, async (scheduler, rows, cutAt) => {
      const cuts = new SwitchedCuts();
      const store = new InMemoryEventStore(cuts);
      const slow = waiting(store, () => scheduler.schedule(Promise.resolve()));
      const { upserts } = ingestion(slow, new InMemoryIdentityKeys());
      const door = async (index: number) => {
        const batch = batchOf(rows[index] ?? [], {
          cause: CAUSES[index] ?? '',
          door: index % 2 === 0 ? 'upload' : 'api',
        });
        cuts.begin(cutAt[index] ?? 1);
        const first = await upserts.upsert(batch).catch((error: unknown) => {
          if (!(error instanceof Cut)) throw error;
        });
        if (first !== undefined) return first.outcomes;
        for (;;) {
          const again = await upserts.upsert({ ...batch, mayBeRepeated: true }).catch((error: unknown) => {
            if (!(error instanceof Cut)) throw error;
          });
          if (again !== undefined) return again.outcomes;
        }
      };
      const answers = await scheduler.waitFor(Promise.all(CAUSES.map((_, index) => door(index))));
      const log = await logOf(store);
      holdsTogether(log);
      answers.forEach((outcomes, index) =>
        outcomes.forEach(({ outcome }, at) => {
          const byLog = outcomeByLog(log, CAUSES[index] ?? '', 2 + at);
          expect(outcome === 'failed' ? 'unchanged' : outcome).toBe(byLog);
        }),
      );
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
