import { describe, expect, test } from '@jest/globals';
import type { FieldValue } from '@poinciana/campaign-definition';
import { type StoredEvent, derivedId } from '@poinciana/event-sourcing';
import { changedValues } from '@poinciana/flow-engine';
import fc from 'fast-check';
import { type FlowParticipant, unknownParticipant } from './flow-participant.js';
import { foldEvent } from './fold-event.js';
import { withRun } from './unconfirmed.js';

type Values = Readonly<Record<string, FieldValue | null>>;
type Doing = { readonly by: 'door' | 'run'; readonly values: Values } | { readonly by: 'ingestion' | 'reading' };

function updatedEvent(number: number, values: Values, changed: readonly string[], source: object): StoredEvent {
  const id = derivedId('update', number);
  return {
    id,
    type: 'ParticipantUpdated',
    stream: 'participant',
    revision: number,
    position: { shard: 0, number },
    data: { participant: { id: 'anna', campaignId: 'c', customerId: 'anna', life: 1 }, changed, source },
    personal: { values },
    workspace: 'w',
    key: 'anna',
    time: '2026-11-21T08:00:00.000Z',
    causation: id,
    correlation: id,
    actor: 'test',
    hop: 0,
  };
}

/** A participant as flow-execution sees her beside what ingestion has stored, which writes what runs ask for in their order. */
class Anna {
  seen: FlowParticipant = { ...unknownParticipant('anna'), phase: 'living', life: 1 };
  stored: Values = {};
  private readonly asked: { readonly runId: string; readonly values: Values }[] = [];
  private readonly unread: StoredEvent[] = [];
  private events = 0;
  private runs = 0;

  do(doing: Doing): void {
    if (doing.by === 'door') this.write(doing.values, { door: 'api' });
    else if (doing.by === 'run') this.run(doing.values);
    else if (doing.by === 'ingestion') this.ingest();
    else this.read();
  }

  /** Her next run gives fields these values; only what changes something for the flows counts (A45). */
  run(values: Values): void {
    this.runs += 1;
    const runId = `run ${this.runs}`;
    const fieldValues = this.changes(this.seen.seen.values, values);
    const run = { id: runId, cancels: [], plans: [], personal: { fieldValues } };
    const seen = { ...this.seen.seen, values: changedValues(this.seen.seen.values, fieldValues) };
    this.seen = { ...this.seen, seen, unconfirmed: withRun(this.seen.unconfirmed, run) };
    if (Object.keys(fieldValues).length > 0) this.asked.push({ runId, values: fieldValues });
  }

  /** flow-execution reads the next event; false when there is none. */
  read(): boolean {
    const next = this.unread.shift();
    if (next !== undefined) this.seen = foldEvent(this.seen, next);
    return next !== undefined;
  }

  /** Everybody gets to the end of the log. */
  readAll(): void {
    while (this.ingest() || this.read());
  }

  /** Ingestion takes the next run; false when there is none. */
  ingest(): boolean {
    const next = this.asked.shift();
    if (next !== undefined) this.write(next.values, { door: 'flow', runId: next.runId });
    return next !== undefined;
  }

  private write(values: Values, source: object): void {
    const changes = this.changes(this.stored, values);
    if (Object.keys(changes).length === 0) return;
    this.events += 1;
    this.stored = changedValues(this.stored, changes) as Values;
    this.unread.push(updatedEvent(this.events, this.stored, Object.keys(changes), source));
  }

  private changes(before: Readonly<Record<string, unknown>>, values: Values): Values {
    return Object.fromEntries(Object.entries(values).filter(([name, value]) => (before[name] ?? null) !== value));
  }
}

const values = fc.dictionary(fc.constantFrom('amount', 'note'), fc.constantFrom(1, 2, null), { minKeys: 1 });
const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.record({ by: fc.constantFrom('door' as const, 'run' as const), values }),
  fc.record({ by: fc.constantFrom('ingestion' as const, 'reading' as const) }),
);

describe('what the flows see of the fields', () => {
  test('is what is stored, once ingestion has written a run behind a row that came in between', () => {
    const anna = new Anna();
    anna.run({ amount: 10 });
    anna.do({ by: 'door', values: { amount: 5 } });
    anna.read();
    expect(anna.seen.seen.values).toEqual({ amount: 5 });
    anna.ingest();
    anna.read();
    expect(anna.stored).toEqual({ amount: 10 });
    expect(anna.seen.seen.values).toEqual({ amount: 10 });
  });

  test('is what a later run wrote, though ingestion is not that far (A1)', () => {
    const anna = new Anna();
    anna.run({ amount: 10 });
    anna.run({ amount: 20 });
    anna.ingest();
    anna.read();
    expect(anna.stored).toEqual({ amount: 10 });
    expect(anna.seen.seen.values).toEqual({ amount: 20 });
  });

  test('is what is stored in the end, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 15 }), (happening) => {
        const anna = new Anna();
        for (const each of happening) anna.do(each);
        anna.readAll();
        expect(anna.seen.seen.values).toEqual(anna.stored);
      }),
      { numRuns: 5_000 },
    );
  });

  test('leaves nothing beside it in the row when everything was written', () => {
    const anna = new Anna();
    anna.run({ amount: 10, note: 'x' });
    anna.ingest();
    anna.read();
    expect(JSON.stringify(anna.seen)).not.toContain('unconfirmed');
  });
});
