import { describe, expect, it } from '@jest/globals';
import { type EventStore, InMemoryEventStore } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import { batchOf, ingestion, logOf, type Row } from '../../test/fixtures.js';
import { InMemoryIdentityKeys } from '../storage/in-memory-identity-keys.js';

const ALEX: Row = { external_id: 'cust_123', email: 'alex@example.com', due_date: '2026-06-30' };

async function told(store: EventStore) {
  return (await logOf(store)).map(({ type, data }) =>
    `${type} ${(data as { changed?: string[] }).changed?.join(' ') ?? ''}`.trim(),
  );
}

describe('upserting participants', () => {
  it('writes the profile first, then the participant with all values', async () => {
    const { store, upserts } = ingestion();
    const { outcomes, position } = await upserts.upsert(
      batchOf([{ ...ALEX, timezone: 'europe/london', object_id: 'loan_456' }]),
    );
    expect(outcomes).toMatchObject([{ outcome: 'created', warnings: [] }]);
    expect(position.number).toBe(2);
    const [profile, created] = await logOf(store);
    expect(profile).toMatchObject({
      type: 'CustomerProfileChanged',
      data: { changed: ['external_id', 'email'] },
      personal: { profile: { external_id: 'cust_123', email: 'alex@example.com' }, previous: {} },
    });
    expect(created).toMatchObject({
      type: 'ParticipantCreated',
      data: {
        participant: { objectId: 'loan_456', timeZone: 'Europe/London', life: 1 },
        changed: ['external_id', 'email', 'due_date', 'timezone'],
        source: { door: 'upload', row: 2 },
      },
      personal: {
        values: { external_id: 'cust_123', email: 'alex@example.com', due_date: '2026-06-30' },
        previous: {},
      },
      hop: 0,
    });
  });

  it('writes nothing where nothing changed, and names what did', async () => {
    const { store, upserts } = ingestion();
    await upserts.upsert(batchOf([ALEX]));
    const same = await upserts.upsert(batchOf([{ ...ALEX, email: 'ALEX@example.com' }], { cause: 'second' }));
    expect(same.outcomes).toMatchObject([{ outcome: 'unchanged' }]);
    const changed = await upserts.upsert(
      batchOf([{ email: 'alex@example.com', due_date: '2026-07-01', name: ' ' }], { cause: 'third' }),
    );
    expect(changed.outcomes).toMatchObject([{ outcome: 'updated' }]);
    const log = await logOf(store);
    expect(log.slice(2)).toMatchObject([
      { data: { changed: ['due_date'] }, personal: { previous: { due_date: '2026-06-30' } } },
    ]);
  });

  it('applies the rows of one person in their order, in one write', async () => {
    const { store, upserts } = ingestion();
    const { outcomes } = await upserts.upsert(
      batchOf([
        ALEX,
        { ...ALEX, due_date: '2026-07-01' },
        { external_id: 'cust_123', phone: '+49 1512 3456789' },
        ALEX,
        ALEX,
      ]),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated', 'updated', 'unchanged']);
    expect(await told(store)).toEqual([
      'CustomerProfileChanged external_id email',
      'CustomerProfileChanged phone',
      'ParticipantCreated external_id email due_date',
      'ParticipantUpdated due_date',
      'ParticipantUpdated phone',
      'ParticipantUpdated due_date',
    ]);
  });

  it('refuses a row alone, with all of its problems', async () => {
    const { upserts } = ingestion();
    const { outcomes } = await upserts.upsert(
      batchOf([{ external_id: 'a', email: 'nobody', amount: '1,5', timezone: '+02:00' }, ALEX, { name: 'Nobody' }]),
    );
    expect(outcomes).toMatchObject([
      {
        outcome: 'failed',
        problems: [{ code: 'unknown_timezone' }, { field: 'email', code: 'invalid_email' }, { field: 'amount' }],
      },
      { outcome: 'created' },
      { outcome: 'failed', problems: [{ code: 'no_identity' }] },
    ]);
  });

  it('reads a datetime in the zone that the participant already has (A40)', async () => {
    const { store, upserts } = ingestion();
    await upserts.upsert(batchOf([{ ...ALEX, timezone: 'America/New_York' }]));
    await upserts.upsert(batchOf([{ external_id: 'cust_123', visit: '2026-06-30T10:00' }], { cause: 'second' }));
    expect((await logOf(store)).at(-1)?.personal).toMatchObject({ values: { visit: '2026-06-30T14:00:00.000Z' } });
  });

  it('refuses what makes a participant too large, and goes on', async () => {
    const { upserts } = ingestion();
    const wide = Object.fromEntries(
      ['name', 'telegram_id', 'telegram_username', 'web_id'].map((name) => [name, 'ж'.repeat(32_767)]),
    );
    const { outcomes } = await upserts.upsert(batchOf([{ ...wide, external_id: 'wide' }, ALEX]));
    expect(outcomes).toMatchObject([
      { outcome: 'failed', problems: [{ code: 'participant_too_large' }] },
      { outcome: 'created' },
    ]);
  });

  it('leads to the same streams and the same answer, wherever it was cut', async () => {
    const rows = [
      ALEX,
      { email: 'b@example.com', amount: '1' },
      { ...ALEX, due_date: '2026-07-02' },
      { phone: '123' },
      ALEX,
    ];
    const undisturbed = ingestion();
    const before = batchOf([{ email: 'b@example.com' }], { cause: 'before' });
    await undisturbed.upserts.upsert(before);
    const { outcomes } = await undisturbed.upserts.upsert(batchOf(rows));
    const log = await logOf(undisturbed.store);
    const cuts = await underAllCuts(async (cut) => {
      const uncut = { store: new InMemoryEventStore(cut), keys: new InMemoryIdentityKeys(cut) };
      const { store, upserts } = ingestion(uncut.store, uncut.keys);
      await repeatUntilThrough(() => upserts.upsert({ ...before, mayBeRepeated: true }));
      const again = await repeatUntilThrough(() => upserts.upsert(batchOf(rows, { mayBeRepeated: true })));
      expect(again.outcomes.map(answer)).toEqual(outcomes.map(answer));
      expect((await logOf(store)).map(essence)).toEqual(log.map(essence));
    });
    expect(cuts).toBeGreaterThan(8);
  });

  it('answers a repetition as the first time, though others changed the same people in between', async () => {
    const { store, upserts } = ingestion();
    const first = await upserts.upsert(batchOf([ALEX, { email: 'b@example.com' }]));
    await upserts.upsert(batchOf([{ ...ALEX, due_date: '2027-01-01', name: 'Alex' }], { cause: 'api', door: 'api' }));
    const length = (await logOf(store)).length;
    const again = await upserts.upsert(batchOf([ALEX, { email: 'b@example.com' }], { mayBeRepeated: true }));
    expect(again.outcomes).toEqual(first.outcomes);
    expect(again.position.number).toBeGreaterThan(0);
    expect(await logOf(store)).toHaveLength(length);
  });
});

/** Ids of customers depend on how often one was reserved in vain. */
function answer({ outcome }: { readonly outcome: string }): string {
  return outcome;
}

function essence({ id, type, data, personal, revision }: Awaited<ReturnType<typeof logOf>>[number]) {
  const { changed } = data as { readonly changed?: unknown };
  return { id, type, changed, personal, revision };
}
