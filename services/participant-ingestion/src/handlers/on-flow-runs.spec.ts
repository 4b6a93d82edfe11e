import { describe, expect, it } from '@jest/globals';
import { type EventStore, InMemoryEventStore, type StoredEvent } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import { batchOf, ingestion, logOf, type Row, writeCampaign } from '../../test/fixtures.js';
import { wrapped, writeRuns } from '../../test/stored.js';
import { InMemoryIdentityKeys } from '../storage/in-memory-identity-keys.js';
import type { ItemOutcome } from '../domain/item-outcome.js';

const ADA: Row = { external_id: 'ada', email: 'ada@example.com', amount: '1' };

function idsOf(outcome: ItemOutcome | undefined) {
  if (outcome === undefined || outcome.outcome === 'failed') throw new Error('The item failed');
  const { participantId, customerId } = outcome;
  return { participantId, customerId };
}

async function withPeople(rows: readonly Row[], store: EventStore = new InMemoryEventStore()) {
  const service = ingestion(store);
  await writeCampaign(store);
  const { outcomes } = await service.upserts.upsert(batchOf(rows));
  return { ...service, people: outcomes.map(idsOf), before: (await logOf(store)).length };
}

const personOf = (people: readonly ReturnType<typeof idsOf>[], at = 0) =>
  people[at] ?? { participantId: '', customerId: '' };

async function written(store: EventStore, before: number): Promise<readonly StoredEvent[]> {
  return (await logOf(store)).slice(before).filter(({ type }) => !type.startsWith('FlowRun'));
}

describe('effects of runs on fields', () => {
  it('become one event a run that names what it changed, one hop further', async () => {
    const { store, onFlowRuns, people, before } = await withPeople([ADA]);
    const values = { amount: 5, due_date: '2026-07-01', email: null };
    const runs = await writeRuns(store, [{ ...personOf(people), values, hop: 3 }]);
    await onFlowRuns.handle(runs);
    const events = await written(store, before);
    const [run] = runs;
    expect(events.map(({ type }) => type)).toEqual(['CustomerProfileChanged', 'ParticipantUpdated']);
    expect(events[1]).toMatchObject({
      data: { changed: ['amount', 'due_date', 'email'], source: { door: 'flow', runId: run?.id } },
      personal: { values: { external_id: 'ada', amount: 5, due_date: '2026-07-01' }, previous: { amount: 1 } },
      causation: run?.id,
      correlation: run?.correlation,
      hop: 4,
    });
    // What was handled before changes nothing, also when a door wrote in between.
    const { upserts } = ingestion(store);
    await upserts.upsert(batchOf([{ external_id: 'nobody-else' }], { cause: 'in-between' }));
    const after = (await logOf(store)).length;
    await onFlowRuns.handle(runs);
    expect(await logOf(store)).toHaveLength(after);
  });

  it('add nothing where nothing changes, and hold when the run failed behind them (A15, A45)', async () => {
    const { store, onFlowRuns, people, before } = await withPeople([ADA]);
    const ada = personOf(people);
    await onFlowRuns.handle(await writeRuns(store, [{ ...ada, values: { amount: 1 } }]));
    expect(await written(store, before)).toEqual([]);
    await onFlowRuns.handle(await writeRuns(store, [{ ...ada, values: { amount: 2 }, failed: true }]));
    expect(await written(store, before)).toMatchObject([{ data: { changed: ['amount'] } }]);
  });

  it('are refused by a participant who is another life by now, and by nothing else', async () => {
    const { store, onFlowRuns, people, before } = await withPeople([ADA]);
    await onFlowRuns.handle(
      await writeRuns(store, [{ ...personOf(people), values: { amount: 9, email: 'x@example.com' }, life: 2 }]),
    );
    expect(await written(store, before)).toEqual([]);
  });

  it('let a new address identify their customer', async () => {
    const { store, onFlowRuns, upserts, people } = await withPeople([ADA]);
    await onFlowRuns.handle(await writeRuns(store, [{ ...personOf(people), values: { email: 'new@example.com' } }]));
    const { outcomes } = await upserts.upsert(batchOf([{ email: 'NEW@example.com', amount: '7' }], { cause: 'later' }));
    expect(outcomes.map(idsOf)).toEqual(people);
  });

  it('lead to the same streams wherever they are cut, and however the repetition is divided', async () => {
    const end = async (store: EventStore) =>
      (await logOf(store))
        .map(({ stream, revision, type, data, personal, id }) => ({ stream, revision, type, data, personal, id }))
        .sort((one, other) => (`${one.stream} ${one.revision}` < `${other.stream} ${other.revision}` ? -1 : 1));
    const story = async (store: EventStore) => {
      const { people } = await withPeople([ADA, { ...ADA, object_id: 'loan' }, { external_id: 'bo' }], store);
      const [first, second, third] = [personOf(people), personOf(people, 1), personOf(people, 2)];
      return writeRuns(store, [
        { ...first, values: { amount: 2, phone: '4915123456789' } },
        { ...second, values: { phone: '4915123456780' } },
        { ...first, values: { amount: 3 } },
        { ...third, values: { amount: 4 } },
      ]);
    };
    const plain = new InMemoryEventStore();
    await ingestion(plain).onFlowRuns.handle(await story(plain));
    const cuts = await underAllCuts(async (cut) => {
      const store = new InMemoryEventStore();
      const runs = await story(store);
      const cutStore = wrapped(store, async (writes) => {
        cut.pass('before an append');
        const outcomes = await store.append(writes);
        cut.pass('after an append');
        return outcomes;
      });
      const { onFlowRuns } = ingestion(cutStore, new InMemoryIdentityKeys(cut), cut);
      for (let size = 1; size <= runs.length; size++)
        await repeatUntilThrough(() => onFlowRuns.handle(runs.slice(0, size)));
      expect(await end(store)).toEqual(await end(plain));
    });
    expect(cuts).toBeGreaterThan(5);
  });
});
