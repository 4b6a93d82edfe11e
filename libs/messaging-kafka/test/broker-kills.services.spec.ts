import { afterEach, expect, test } from '@jest/globals';
import { startTestDatabase } from '@poinciana/embedded-database';
import type { EventBusHarness } from '@poinciana/messaging/conformance';
import { CATEGORIES, LogWriter, until } from '@poinciana/messaging/conformance';
import { startKafka } from '@poinciana/testing';
import type { PoolClient } from 'pg';
import { kafkaBusHarness } from './kafka-bus-harness.js';

const PEOPLE = Array.from({ length: 60 }, (_, person) => person);
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** What was applied twice, or behind a later event of its key. */
async function faultsOf(harness: EventBusHarness<PoolClient>): Promise<readonly string[]> {
  const last = new Map<string, number>();
  const faults: string[] = [];
  for (const { eventId, key, position } of await harness.effects.all()) {
    if (position <= (last.get(key) ?? 0)) faults.push(eventId);
    last.set(key, Math.max(position, last.get(key) ?? 0));
  }
  return faults;
}

test.each([1, 3] as const)(
  'brokers: %s, each killed in turn under load: every event is applied once, in order',
  async (nodes) => {
    const [kafka, database] = await Promise.all([startKafka({ nodes }), startTestDatabase()]);
    ends.push(
      () => kafka.close(),
      () => database.stop(),
    );
    const harness = await kafkaBusHarness(kafka.brokers, database.url);
    ends.push(() => harness.stop());
    const writer = new LogWriter(harness.store);
    const group = {
      name: 'kills.effects',
      categories: CATEGORIES,
      handle: async ({ events }: { events: Parameters<typeof harness.effects.write>[0] }) =>
        harness.effects.write(events),
    };
    for (let member = 0; member < 2; member += 1) {
      const subscription = await harness.member({ batchEventsMax: 50 }).bus.subscribe(group);
      ends.push(() => subscription.stop());
    }
    const ids: string[] = [];
    const handled = async () => {
      ids.push(...(await writer.writeRounds(5, PEOPLE)));
      await until('every event is applied', async () => (await harness.effects.all()).length >= ids.length);
    };
    await handled();
    for (let node = 1; node <= nodes; node += 1) {
      ids.push(...(await writer.writeRounds(2, PEOPLE)));
      await kafka.kill9(node);
      if (nodes > 1) await handled();
      else ids.push(...(await writer.writeRounds(2, PEOPLE)));
      await kafka.start(node);
      await handled();
    }
    expect((await harness.effects.all()).map(({ eventId }) => eventId).sort()).toEqual([...ids].sort());
    expect(await faultsOf(harness)).toEqual([]);
  },
);
