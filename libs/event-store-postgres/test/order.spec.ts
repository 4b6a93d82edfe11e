import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkWrites, NO_STREAM, START, TransientError } from '@poinciana/event-sourcing';
import { newStream, sampleEvent, sampleEvents } from '@poinciana/event-sourcing/conformance';
import type { Pool } from 'pg';
import { AppendCall } from '../src/append-call.js';
import { StreamCategories } from '../src/stream-categories.js';
import { type LogDatabase, startLogDatabase } from './postgres-store.js';

let database: LogDatabase;

beforeAll(async () => {
  database = await startLogDatabase();
});
afterAll(() => database.stop());

/** Looks for a waiting session, each a query of its own. */
const LOOKS_MAX = 20_000;

/** Ends when a second session waits for the lock of the log. */
async function someoneWaits(pool: Pool): Promise<void> {
  for (let look = 1; look <= LOOKS_MAX; look += 1) {
    const { rows } = await pool.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
    if (rows.length > 0) return;
  }
  throw new Error('Nobody waits for the lock');
}

describe('the order of the event log', () => {
  it('lets nobody past an append that has its positions and is not committed', async () => {
    const [observer, slow, fast] = [database.enter(), database.pool(), database.enter()];
    await observer.append([{ stream: newStream(), expectedRevision: NO_STREAM, events: sampleEvents(1) }]);
    const before = await observer.head();
    const client = await slow.connect();
    const slowly: Pick<Pool, 'query'> = client;
    const call = new AppendCall(slowly, new StreamCategories(slowly), START.shard);
    const [first, second] = [newStream(), newStream()];
    await client.query('BEGIN');
    await call.run(checkWrites([{ stream: first, expectedRevision: NO_STREAM, events: sampleEvents(2) }]));
    const appending = fast.append([{ stream: second, expectedRevision: NO_STREAM, events: sampleEvents(1) }]);
    await someoneWaits(slow);
    expect(await observer.readLog(before, 10)).toEqual([]);
    await client.query('COMMIT');
    client.release();
    await appending;
    expect((await observer.readLog(before, 10)).map(({ stream }) => stream)).toEqual([first, first, second]);
  });

  it('gives the positions of an append that was rolled back to the next one', async () => {
    const [store, pool] = [database.enter(), database.pool()];
    const before = await store.head();
    const client = await pool.connect();
    const slowly: Pick<Pool, 'query'> = client;
    await client.query('BEGIN');
    await new AppendCall(slowly, new StreamCategories(slowly), START.shard).run(
      checkWrites([{ stream: newStream(), expectedRevision: NO_STREAM, events: sampleEvents(3) }]),
    );
    await client.query('ROLLBACK');
    client.release();
    const [outcome] = await store.append([
      { stream: newStream(), expectedRevision: NO_STREAM, events: sampleEvents(1) },
    ]);
    expect(outcome).toMatchObject({ outcome: 'appended', position: { number: before.number + 1 } });
  });

  it('refuses to run where a check could be older than the lock', async () => {
    const client = await database.pool().connect();
    const slowly: Pick<Pool, 'query'> = client;
    const call = new AppendCall(slowly, new StreamCategories(slowly), START.shard);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const writes = checkWrites([{ stream: newStream(), expectedRevision: NO_STREAM, events: sampleEvents(1) }]);
    await expect(call.run(writes)).rejects.toThrow('READ COMMITTED');
    await client.query('ROLLBACK');
    client.release();
  });

  it('survives the end of its connections: what was under way is transient, repeated, and there once', async () => {
    const [store, observer, pool] = [database.enter(), database.enter(), database.pool()];
    const stream = newStream();
    const holder = await pool.connect();
    await holder.query('SELECT pg_advisory_lock(1886349678, 0)');
    const writes = [{ stream, expectedRevision: NO_STREAM, events: [sampleEvent()] }];
    const appending = store.append(writes).catch((error: unknown) => error);
    await someoneWaits(pool);
    await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
    expect(await appending).toBeInstanceOf(TransientError);
    await holder.query('SELECT pg_advisory_unlock(1886349678, 0)');
    holder.release();
    expect(await store.append(writes)).toMatchObject([{ outcome: 'appended' }]);
    expect(await store.append(writes)).toMatchObject([{ outcome: 'replayed' }]);
    expect(await observer.readTails([{ stream, afterRevision: NO_STREAM }])).toHaveLength(1);
  });
});
