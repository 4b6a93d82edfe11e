import { expect, test } from '@jest/globals';
import { CONTACTS_MAX, type Contact } from '../src/domain/contacts.js';
import type { ContactHours } from '../src/storage/contact-hours.js';
import type { StorageUnderTest } from './storage-conformance.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const ANNA = '9a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const BERTA = '9a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';

let told = 0;

function contact(change: Partial<Contact> & { readonly day?: string }): Contact {
  const { day = '2026-11-21', ...rest } = change;
  told += 1;
  const signal = { channelType: 'whatsapp', number: told, time: `${day}T08:00:00.000Z`, hour: 9 };
  return { workspace: OURS, customerId: ANNA, ...signal, ...rest };
}

/** The n-th second of a day. */
const second = (number: number): string => new Date(Date.UTC(2026, 10, 21, 8, 0, number)).toISOString();

const at = (counts: Readonly<Record<number, number>>) => Array.from({ length: 24 }, (_, each) => counts[each] ?? 0);

export function contactHoursConformance(
  name: string,
  empty: () => Promise<StorageUnderTest<ContactHours<never>>>,
): void {
  test(`${name} counts by channel and hour, of one workspace, of the days asked for`, async () => {
    const { storage, run } = await empty();
    const others = [contact({ hour: 0 }), contact({ channelType: 'email', hour: 23 })];
    await run(storage.add([contact({}), contact({ customerId: BERTA }), ...others]));
    const later = [contact({}), contact({}), contact({ day: '2026-11-20' })];
    await run(storage.add([...later, contact({ workspace: THEIRS, hour: 4 })]));
    await run(storage.add([]));
    const email = at({ 23: 1 });
    expect(await storage.of(OURS, '2026-11-20')).toEqual({ whatsapp: at({ 0: 1, 9: 5 }), email });
    expect(await storage.of(OURS, '2026-11-21')).toEqual({ whatsapp: at({ 0: 1, 9: 4 }), email });
    expect(await storage.of(OURS, '2026-11-22')).toEqual({});
    expect(await storage.of(THEIRS, '2026-11-20')).toEqual({ whatsapp: at({ 4: 1 }) });
  });

  test(`${name} knows when each customer of a workspace read or replied last`, async () => {
    const { storage, run } = await empty();
    const anna = { workspace: OURS, customerId: ANNA };
    const berta = { workspace: OURS, customerId: BERTA };
    const [first, next] = [contact({ time: second(1) }), contact({ time: second(2) })];
    await run(storage.add([next, first, contact({ ...berta, time: second(3) })]));
    await run(storage.add([contact({ time: second(4), channelType: 'email' })]));
    const annas = [second(4), second(2), second(1)];
    expect([...(await storage.ofCustomers([anna, berta, anna]))].toSorted()).toEqual([
      [ANNA, annas],
      [BERTA, [second(3)]],
    ]);
    expect(await storage.ofCustomers([{ ...anna, workspace: THEIRS }])).toEqual(new Map());
    expect(await storage.ofCustomers([])).toEqual(new Map());
  });

  test(`${name} remembers a number of them, in one batch and in many`, async () => {
    const { storage, run } = await empty();
    const numbers = Array.from({ length: CONTACTS_MAX + 2 }, (_, each) => each);
    await run(storage.add(numbers.map((each) => contact({ time: second(each) }))));
    const last = async () => (await storage.ofCustomers([{ workspace: OURS, customerId: ANNA }])).get(ANNA);
    expect(await last()).toEqual(numbers.slice(2).toReversed().map(second));
    await run(storage.add([contact({ time: second(200) })]));
    expect(await last()).toEqual([second(200), ...numbers.slice(3).toReversed().map(second)]);
  });

  test(`${name} forgets a customer of one workspace, and not how often people read or replied in it`, async () => {
    const { storage, run } = await empty();
    const anna = { workspace: OURS, customerId: ANNA };
    await run(storage.add([contact({}), contact({ customerId: BERTA })]));
    await run(storage.forget([{ ...anna, workspace: THEIRS }]));
    await run(storage.forget([]));
    expect((await storage.ofCustomers([anna])).get(ANNA)).toHaveLength(1);
    await run(storage.forget([anna, anna]));
    expect([...(await storage.ofCustomers([anna, { ...anna, customerId: BERTA }])).keys()]).toEqual([BERTA]);
    expect(await storage.of(OURS, '2026-11-21')).toEqual({ whatsapp: at({ 9: 2 }) });
  });
}
