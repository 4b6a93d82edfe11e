import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type EventStore, type NewEvent, NO_STREAM } from '@poinciana/event-sourcing';
import { newStream, sampleEvents } from '@poinciana/event-sourcing/conformance';
import type { Pool } from 'pg';
import { PostgresEventStore } from '../src/postgres-event-store.js';
import { type LogDatabase, startLogDatabase } from './postgres-store.js';

let database: LogDatabase;
beforeAll(async () => {
  database = await startLogDatabase();
});
afterAll(() => database.stop());

type Asked = (
  asking: string | { readonly name?: string },
  ...values: readonly unknown[]
) => Promise<{ readonly rows: readonly unknown[] }>;

/** A store that learns of its own appends only when it may, though the database has them; and how many events it fetched. */
class HeldStore {
  readonly store: PostgresEventStore;
  fetched = 0;
  private held: Promise<void> = Promise.resolve();
  private letGo = (): void => undefined;

  constructor(pool: Pool) {
    const query: unknown = pool.query.bind(pool);
    const asked = query as Asked;
    const held: Asked = async (asking, ...values) => {
      const answer = await asked(asking, ...values);
      const name = typeof asking === 'string' ? '' : asking.name;
      if (name === 'event_log.append') await this.held;
      if (name === 'event_log.read_log') this.fetched += answer.rows.length;
      return answer;
    };
    this.store = new PostgresEventStore({ pool: Object.assign(pool, { query: held }) });
  }

  hold(): void {
    this.held = new Promise((resolve) => (this.letGo = resolve));
  }

  release(): void {
    this.letGo();
  }
}

async function append(store: EventStore, events: readonly NewEvent[]): Promise<void> {
  await store.append([{ stream: newStream(), expectedRevision: NO_STREAM, events }]);
}

const idsOf = (events: readonly { readonly id: string }[]): readonly string[] => events.map(({ id }) => id);

test('a reader waits for an append of its own process that is under way, and fetches nothing of it', async () => {
  const [own, other] = [new HeldStore(database.pool()), database.enter()];
  await append(own.store, sampleEvents(1));
  const after = await own.store.head();
  const events = sampleEvents(3);
  own.hold();
  const appending = append(own.store, events);
  while ((await other.head()).number < after.number + 3);
  const reading = own.store.readLog(after, 10);
  setImmediate(() => own.release());
  expect(idsOf(await reading)).toEqual(idsOf(events));
  await appending;
  expect(own.fetched).toBe(0);
});

test('it does not wait long, nor miss what another process appended', async () => {
  const [own, other] = [new HeldStore(database.pool()), database.enter()];
  await append(own.store, sampleEvents(1));
  const after = await own.store.head();
  const [events, foreign] = [sampleEvents(3), sampleEvents(2)];
  own.hold();
  const appending = append(own.store, events);
  while ((await other.head()).number < after.number + 3);
  await append(other, foreign);
  expect(idsOf(await own.store.readLog(after, 10))).toEqual(idsOf([...events, ...foreign]));
  own.release();
  await appending;
  expect(idsOf(await own.store.readLog(after, 10))).toEqual(idsOf([...events, ...foreign]));
});
