import { expect, test } from '@jest/globals';
import type { ContactHour } from '../src/domain/contact-hours.js';
import type { ContactHours } from '../src/storage/contact-hours.js';
import type { StorageUnderTest } from './storage-conformance.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';

function hour(change: Partial<ContactHour>): ContactHour {
  return { workspace: OURS, channelType: 'whatsapp', day: '2026-11-21', hour: 9, count: 1, ...change };
}

const at = (counts: Readonly<Record<number, number>>) => Array.from({ length: 24 }, (_, each) => counts[each] ?? 0);

export function contactHoursConformance(
  name: string,
  empty: () => Promise<StorageUnderTest<ContactHours<never>>>,
): void {
  test(`${name} counts by channel and hour, of one workspace, of the days asked for`, async () => {
    const { storage, run } = await empty();
    await run(storage.add([hour({}), hour({}), hour({ hour: 0 }), hour({ channelType: 'email', hour: 23 })]));
    await run(storage.add([hour({ count: 2 }), hour({ day: '2026-11-20' }), hour({ workspace: THEIRS, hour: 4 })]));
    await run(storage.add([]));
    const email = at({ 23: 1 });
    expect(await storage.of(OURS, '2026-11-20')).toEqual({ whatsapp: at({ 0: 1, 9: 5 }), email });
    expect(await storage.of(OURS, '2026-11-21')).toEqual({ whatsapp: at({ 0: 1, 9: 4 }), email });
    expect(await storage.of(OURS, '2026-11-22')).toEqual({});
    expect(await storage.of(THEIRS, '2026-11-20')).toEqual({ whatsapp: at({ 4: 1 }) });
  });
}
