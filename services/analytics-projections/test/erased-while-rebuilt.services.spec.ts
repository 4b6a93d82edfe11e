import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { inTransaction } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { PoolClient } from 'pg';
import { projectionsOf } from '../src/projections.js';
import { RebuildViews } from '../src/rebuild/rebuild-views.js';
import { VerifyViews } from '../src/rebuild/verify-views.js';
import { communicationChanges } from '../src/views/communications/communication-changes.js';
import { PARTICIPANTS_GROUP } from '../src/views/participants/participants.consumer.js';
import { sessionChanges } from '../src/views/sessions/session-changes.js';
import { ProjectingService } from './projecting-service.js';
import { idOf, SpecLog } from './stored-events.js';

const ANNA = idOf('anna');

let service: ProjectingService;
beforeEach(async () => {
  service = await ProjectingService.start();
});
afterEach(() => service.stop());

it('somebody who is erased while a rebuild has her values in hand is forgotten in what it builds', async () => {
  const log = new SpecLog();
  log.participant('ParticipantCreated', { id: ANNA }, { name: 'Anna Kowalska', email: 'anna@example.com' });
  log.participant('ParticipantCreated', { id: idOf('ben') }, { name: 'Ben' });
  const communication = { id: idOf('c'), participantId: ANNA };
  log.communication('CommunicationPlanned', { ...communication, status: 'Planned' });
  const personal = { results: { result: 'Anna said yes' } };
  log.communication('CommunicationEnded', { ...communication, status: 'Completed' }, { personal });
  await service.append(log.events);
  await service.consume();
  await service.caughtUp();

  let erased = Promise.resolve();
  let begun = false;
  /** Reads her values, and then takes so long that she is erased before they are written. */
  const slow = service.rebuild.groups.map((group) => ({
    ...group,
    handle: async (batch: Parameters<typeof group.handle>[0]) => {
      const write = await group.handle(batch);
      if (group.name !== PARTICIPANTS_GROUP) return write;
      if (!begun) {
        begun = true;
        erased = erase(log);
      }
      await erased;
      return write;
    },
  }));
  const rebuild = new RebuildViews({ ...service.rebuild, groups: slow });
  rebuild.start();
  await rebuild.ending();
  expect(await rebuild.status()).toMatchObject({ state: 'done', problem: null });
  expect(begun).toBe(true);
  await service.caughtUp();

  const { rows } = await service.pool.query<{ line: string }>(
    `SELECT p::text AS line FROM participant p UNION ALL SELECT c::text FROM communication c`,
  );
  expect(rows).toHaveLength(3);
  expect(rows.filter(({ line }) => /anna/i.test(line))).toEqual([]);
  const verify = new VerifyViews(service.rebuild);
  verify.start();
  await verify.ending();
  expect((await verify.status()).verification).toMatchObject({ matches: true, firstDifference: null });
});

it('a result that is written at the same time as an erasure is forgotten, whichever comes first', async () => {
  const log = new SpecLog();
  const { communications } = projectionsOf(service.pool);
  const ended = log.communication(
    'CommunicationEnded',
    { id: idOf('c'), participantId: ANNA, status: 'Completed' },
    { personal: { results: { result: 'Anna said yes' } } },
  );
  const write = communications.write(communicationChanges([ended]));
  const forget = communications.forget([{ id: ANNA, workspace: ended.workspace, life: 1 }]);
  for await (const _ of eitherFirst(write, forget)) {
    expect((await service.pool.query('SELECT result FROM communication')).rows).toEqual([{ result: null }]);
    await service.pool.query('TRUNCATE communication, participant_erasure');
  }
});

it('what is written of a conversation at the same time as an erasure is forgotten, whichever comes first', async () => {
  const log = new SpecLog();
  const { sessions } = projectionsOf(service.pool);
  const [id, customerId] = [idOf('session'), idOf('customer')];
  const session = { id, channelId: '', channelType: 'whatsapp', agentId: '', direction: 'outbound', customerId };
  const said = log.append(`session-${id}`, {
    type: 'MessageReceived',
    data: { session, messageId: idOf('message') },
    personal: { address: '34600', text: 'Anna said yes' },
  });
  const erased = log.append(`customer-${customerId}`, { type: 'CustomerErased', data: { customerId } });
  const write = sessions.write(sessionChanges([said]));
  const forget = sessions.write(sessionChanges([erased]));
  for await (const _ of eitherFirst(write, forget)) {
    expect((await service.pool.query('SELECT text FROM session_message')).rows).toEqual([{ text: '' }]);
    await service.pool.query('TRUNCATE session, session_message, conversation_erasure');
  }
});

/** Does two things at the same time, each of them first once. */
async function* eitherFirst(one: StateWrite<PoolClient>, another: StateWrite<PoolClient>): AsyncGenerator<undefined> {
  for (const [first, second] of [
    [one, another],
    [another, one],
  ] as const) {
    let other: Promise<void> | undefined;
    await inTransaction(service.pool, async (transaction) => {
      await first(transaction);
      other = inTransaction(service.pool, second);
      await somebodyWaits();
    });
    await other;
    yield undefined;
  }
}

/** Until one transaction waits for the lock of another one. */
async function somebodyWaits(): Promise<void> {
  const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
  while ((await service.pool.query(waiting)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** As ingestion does it: what is personal leaves her streams, then she is deleted. */
async function erase(log: SpecLog): Promise<void> {
  await service.store.redact([`participant-${ANNA}`, `communication-${idOf('c')}`]);
  const { stream, revision, position: _, ...event } = log.participant('ParticipantDeleted', { id: ANNA });
  const data = { ...event.data, erased: true };
  await service.store.append([{ stream, expectedRevision: revision - 1, events: [{ ...event, data }] }]);
}
