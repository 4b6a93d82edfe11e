import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { START } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, PostgresEventStore } from '@poinciana/event-store-postgres';
import { LogWriter, until } from '@poinciana/messaging/conformance';
import { createConsumerSchema, PostgresEffects } from './consumer-database.js';

const SCHEMA = 'consumer';
const PEOPLE = Array.from({ length: 60 }, (_, person) => person);
const program = fileURLToPath(new URL('../dist/test/consumer-process.js', import.meta.url));

let database: TestDatabase;
const members = new Set<ChildProcess>();
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(async () => {
  for (const member of members) member.kill('SIGKILL');
  await database.stop();
});

async function startMember(): Promise<ChildProcess> {
  const member = fork(program, [database.url, SCHEMA], { execArgv: [] });
  members.add(member);
  await once(member, 'message');
  return member;
}

async function kill(member: ChildProcess): Promise<void> {
  const ended = once(member, 'exit');
  member.kill('SIGKILL');
  await ended;
  members.delete(member);
}

test('three processes, killed and stopped under load, apply each event once, in the order of its key', async () => {
  const pool = await createConsumerSchema(database.url, SCHEMA);
  const logPool = createPool({ url: database.url, schema: 'event_log', max: 4, applicationName: 'log' });
  await applyEventLogMigrations(logPool);
  const store = new PostgresEventStore({ pool: logPool });
  const writer = new LogWriter(store);
  const effects = new PostgresEffects(pool);
  const ids: string[] = [];
  const load = async () => {
    for (let round = 0; round < 5; round++) ids.push(...(await writer.write('participant', PEOPLE)));
  };
  const handled = async (share: number) => {
    await load();
    await until('some of it is handled', async () => (await effects.all()).length >= ids.length * share);
  };

  const [first, second, zombie] = await Promise.all([startMember(), startMember(), startMember()]);
  await handled(0.3);
  await kill(first);
  await handled(0.5);
  zombie.kill('SIGSTOP');
  await handled(1);
  zombie.kill('SIGCONT');
  await handled(0.5);
  await Promise.all([kill(second), startMember()]);
  await handled(1);

  const seen = await effects.all();
  expect(seen.map(({ eventId }) => eventId).sort()).toEqual([...ids].sort());
  const lastOfKey = new Map<string, number>();
  for (const { key, position } of seen) {
    expect(position).toBeGreaterThan(lastOfKey.get(key) ?? 0);
    lastOfKey.set(key, position);
  }
  const answers = (await store.readLog(START, 10_000)).filter(({ type }) => type === 'Answered');
  expect(answers.map(({ causation }) => causation).sort()).toEqual([...ids].sort());
  await Promise.all([pool.end(), logPool.end()]);
});
