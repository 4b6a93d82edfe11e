import { describe, expect, it } from '@jest/globals';
import { type EventStore, InMemoryEventStore } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import { batchOf, CAMPAIGN, ingestion, logOf, type Row, WORKSPACE, writeCampaign } from '../../test/fixtures.js';
import { wrapped } from '../../test/stored.js';
import { InMemoryCustomerParticipants } from '../storage/in-memory-customer-participants.js';
import { InMemoryIdentityKeys } from '../storage/in-memory-identity-keys.js';
import { CustomerQueries } from './customer-queries.js';
import { DeleteParticipant } from './delete-participant.js';

const ADA: Row = { external_id: 'lovelace-ada', email: 'ada.lovelace@example.com', name: 'Ada Lovelace', amount: '1' };
const BY_HAND = { workspace: WORKSPACE, actor: 'user:test', causation: '99999999-0000-4000-8000-000000000001' };

async function withAda(store: EventStore = new InMemoryEventStore()) {
  const keys = new InMemoryIdentityKeys();
  const participants = new InMemoryCustomerParticipants();
  const service = ingestion(store, keys, undefined, participants);
  await writeCampaign(store);
  await service.upserts.upsert(
    batchOf([ADA, { ...ADA, object_id: 'loan', email: 'ada.old.lovelace@example.com' }, { external_id: 'bo' }]),
  );
  const [ada = ''] = await keys.of(WORKSPACE).beginningWith(['x:lovelace-ada'], 1);
  return { ...service, ada };
}

type Service = Awaited<ReturnType<typeof withAda>>;

/** The erasure, and what the policies do about it. */
async function erase({ store, eraseCustomer, onCustomersErased, ada }: Service): Promise<void> {
  await eraseCustomer.execute(BY_HAND, ada);
  await onCustomersErased.handle(await logOf(store));
}

describe('erasing a customer', () => {
  it('leaves nothing personal in the log, and takes her out of every campaign', async () => {
    const service = await withAda();
    await erase(service);
    const log = await logOf(service.store);
    expect(JSON.stringify(log).toLowerCase()).not.toContain('lovelace');
    expect(log.filter(({ type }) => type === 'ParticipantDeleted')).toMatchObject([
      { data: { erased: true } },
      { data: { erased: true } },
    ]);
    // Others keep theirs.
    expect(JSON.stringify(log)).toContain('"bo"');
    await expect(service.people.customer(WORKSPACE, service.ada)).rejects.toMatchObject({ code: 'customer_not_found' });
    expect(await service.participants.of(WORKSPACE, [service.ada])).toEqual([]);
  });

  it('frees every identity she ever had: whoever comes again is a new customer', async () => {
    const service = await withAda();
    await erase(service);
    const again = await service.upserts.upsert(
      batchOf([{ email: 'ada.old.lovelace@example.com' }, { external_id: 'lovelace-ada' }], { cause: 'again' }),
    );
    for (const outcome of again.outcomes) {
      expect(outcome.outcome).toBe('created');
      expect(outcome.outcome !== 'failed' && outcome.customerId).not.toBe(service.ada);
    }
  });

  it('frees also what a row had claimed for her that failed', async () => {
    const service = await withAda();
    const long = '語'.repeat(32_767);
    const tooLarge = { name: long, telegram_username: long, web_id: long };
    const failed = await service.upserts.upsert(
      batchOf([{ ...ADA, ...tooLarge, email: 'never.hers@example.com' }], { cause: 'failing' }),
    );
    expect(failed.outcomes).toMatchObject([{ problems: [{ code: 'participant_too_large' }] }]);
    await erase(service);
    const again = await service.upserts.upsert(batchOf([{ email: 'never.hers@example.com' }], { cause: 'again' }));
    expect(again.outcomes).toMatchObject([{ outcome: 'created' }]);
  });

  it('tells also of participants who were deleted before', async () => {
    const service = await withAda();
    const [first] = await service.participants.of(WORKSPACE, [service.ada]);
    const remove = new DeleteParticipant(service.store, service.people, service.clock);
    await remove.execute(BY_HAND, CAMPAIGN, first?.participantId ?? '');
    await expect(remove.execute(BY_HAND, CAMPAIGN, first?.participantId ?? '')).rejects.toMatchObject({
      code: 'participant_not_found',
    });
    await erase(service);
    const deletions = (await logOf(service.store)).filter(({ type }) => type === 'ParticipantDeleted');
    expect(deletions.map(({ data }) => 'erased' in data)).toEqual([false, true, true]);
  });

  it('wins over a door that had found her before, also when a new participant was on its way', async () => {
    const service = await withAda();
    const { store, keys, participants, upserts, ada } = service;
    const prepared = await upserts.prepare(batchOf([{ ...ADA, phone: '4915123456789' }], { cause: 'late' }));
    let isFirst = true;
    const late = wrapped(store, async (writes) => {
      if (isFirst) await erase(service);
      isFirst = false;
      return store.append(writes);
    });
    const slow = ingestion(late, keys, undefined, participants);
    await slow.upserts.upsert(batchOf([{ external_id: 'lovelace-ada', object_id: 'late' }], { cause: 'later' }));
    const { outcomes } = await upserts.write(prepared);
    expect(outcomes).toMatchObject([{ outcome: 'failed', problems: [{ code: 'customer_erased' }] }]);
    expect(JSON.stringify(await logOf(store)).toLowerCase()).not.toContain('lovelace');
    // What was claimed for her in the meantime identifies nobody.
    expect(await keys.of(WORKSPACE).ownersOf(['p:4915123456789', 'x:lovelace-ada'])).toEqual(new Map());
    expect(ada).not.toBe('');
  });

  it('comes to the same end wherever it is cut', async () => {
    const cuts = await underAllCuts(async (cut) => {
      const service = await withAda();
      const store: EventStore = {
        ...wrapped(service.store, async (writes) => {
          cut.pass('before an append');
          return service.store.append(writes);
        }),
        redact: async (streams) => {
          cut.pass('before a redaction');
          return service.store.redact(streams);
        },
      };
      const cutService = ingestion(store, service.keys, undefined, service.participants);
      await repeatUntilThrough(() => cutService.eraseCustomer.execute(BY_HAND, service.ada).catch(orGone));
      await repeatUntilThrough(async () => cutService.onCustomersErased.handle(await logOf(service.store)));
      expect(JSON.stringify(await logOf(service.store)).toLowerCase()).not.toContain('lovelace');
      expect((await logOf(service.store)).filter(({ type }) => type === 'ParticipantDeleted')).toHaveLength(2);
    });
    expect(cuts).toBeGreaterThan(4);
  });
});

/** A repeated request finds her erased already. */
function orGone(error: unknown): undefined {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'customer_not_found')
    return undefined;
  throw error;
}

describe('customers', () => {
  it('are listed, and found by how any identity begins', async () => {
    const { people, participants, keys, ada } = await withAda();
    const queries = new CustomerQueries(people, participants, keys);
    const { customers } = await queries.list(WORKSPACE, 10, undefined);
    expect(customers.map(({ profile }) => profile['external_id']).sort()).toEqual(['bo', 'lovelace-ada']);
    const page = await queries.list(WORKSPACE, 1, undefined);
    expect((await queries.list(WORKSPACE, 1, page.next)).customers).toHaveLength(1);
    const found = async (text: string) => (await queries.search(WORKSPACE, text, 10)).customers.map(({ id }) => id);
    expect(await found('ADA.lo')).toEqual([ada]);
    expect(await found('lovelace-')).toEqual([ada]);
    expect(await found('nobody')).toEqual([]);
    expect((await queries.details(WORKSPACE, ada)).participants).toHaveLength(2);
    await expect(queries.details(CAMPAIGN, ada)).rejects.toMatchObject({ code: 'customer_not_found' });
  });

  it('are found by a phone only where nothing but a phone was asked for, and first by the whole of an identity', async () => {
    const { upserts, people, participants, keys } = await withAda();
    const phones = Array.from({ length: 5 }, (_, at) => ({ phone: `1202555000${at}` }));
    await upserts.upsert(batchOf([...phones, { external_id: 'cust_1' }, { external_id: '1202' }], { cause: 'more' }));
    const queries = new CustomerQueries(people, participants, keys);
    const found = async (text: string) =>
      (await queries.search(WORKSPACE, text, 3)).customers.map(({ profile }) => profile['external_id']);
    expect(await found('cust_1')).toEqual(['cust_1']);
    expect(await found('1@example.com')).toEqual([]);
    expect(await found('1202')).toEqual(['1202', undefined, undefined]);
    expect(await found('+1 (202) 555')).toHaveLength(3);
  });
});
