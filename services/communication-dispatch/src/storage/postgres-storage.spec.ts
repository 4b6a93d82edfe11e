import { afterAll, beforeAll } from '@jest/globals';
import { applyMigrations, createPool, inTransaction } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { packageFolder } from '@poinciana/service-kit';
import type { Pool } from 'pg';
import { agentQuestionsConformance } from './conformance/agent-questions-conformance.js';
import { channelDirectoryConformance } from './conformance/channel-directory-conformance.js';
import { deletedParticipantsConformance } from './conformance/deleted-participants-conformance.js';
import { failedCommunicationsConformance } from './conformance/failed-communications-conformance.js';
import { inboundNumbersConformance } from './conformance/inbound-numbers-conformance.js';
import { inboxConformance } from './conformance/inbox-conformance.js';
import { peopleConformance } from './conformance/people-conformance.js';
import { sendersConformance } from './conformance/senders-conformance.js';
import { sessionTimersConformance } from './conformance/session-timers-conformance.js';
import { suppressionsConformance } from './conformance/suppressions-conformance.js';
import { PostgresAgentQuestions } from './postgres-agent-questions.js';
import { PostgresChannelDirectory } from './postgres-channel-directory.js';
import { PostgresDeletedParticipants } from './postgres-deleted-participants.js';
import { PostgresFailedCommunications } from './postgres-failed-communications.js';
import { PostgresInboundNumbers } from './postgres-inbound-numbers.js';
import { PostgresInbox } from './postgres-inbox.js';
import { PostgresPeople } from './postgres-people.js';
import { PostgresSenders } from './postgres-senders.js';
import { PostgresSessionTimers } from './postgres-session-timers.js';
import { PostgresSuppressions } from './postgres-suppressions.js';
import { PostgresTimers } from './postgres-timers.js';
import { timersConformance } from './conformance/timers-conformance.js';

const SCHEMA = 'communication_dispatch';
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool({ url: database.url, schema: SCHEMA, max: 10, applicationName: 'storage spec' });
  await applyMigrations(pool, { schema: SCHEMA, folder: packageFolder(import.meta.url, 'prisma/migrations') });
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

async function empty(): Promise<void> {
  await pool.query(`TRUNCATE timer, lane, campaign, channel, channel_count, inbox_entry, suppression, session_timer,
    failed_communication, inbound_session, person, sender_key, sender_session, agent_question, deleted_participant`);
}

timersConformance('PostgreSQL', async () => {
  await empty();
  return {
    timers: new PostgresTimers(pool),
    commit: (write) => inTransaction(pool, write),
    stop: async () => undefined,
  };
});

inboxConformance('PostgreSQL', async () => {
  await empty();
  return { inbox: new PostgresInbox(pool), stop: async () => undefined };
});

channelDirectoryConformance('PostgreSQL', async () => {
  await empty();
  const directory = new PostgresChannelDirectory(pool);
  return { directory, commit: (write) => inTransaction(pool, write), stop: async () => undefined };
});

suppressionsConformance('PostgreSQL', async () => {
  await empty();
  return { suppressions: new PostgresSuppressions(pool), stop: async () => undefined };
});

sessionTimersConformance('PostgreSQL', async () => {
  await empty();
  const timers = new PostgresSessionTimers(pool);
  return { timers, commit: (write) => inTransaction(pool, write), stop: async () => undefined };
});

failedCommunicationsConformance('PostgreSQL', async () => {
  await empty();
  const failed = new PostgresFailedCommunications(pool);
  return { failed, commit: (write) => inTransaction(pool, write), stop: async () => undefined };
});

deletedParticipantsConformance('PostgreSQL', async () => {
  await empty();
  const deleted = new PostgresDeletedParticipants(pool);
  return { deleted, commit: (write) => inTransaction(pool, write), stop: async () => undefined };
});

peopleConformance('PostgreSQL', async () => {
  await empty();
  const people = new PostgresPeople(pool);
  return { people, commit: (write) => inTransaction(pool, write), stop: async () => undefined };
});

inboundNumbersConformance('PostgreSQL', async () => {
  await empty();
  return new PostgresInboundNumbers(pool);
});

sendersConformance('PostgreSQL', async () => {
  await empty();
  return new PostgresSenders(pool);
});

agentQuestionsConformance('PostgreSQL', async () => {
  await empty();
  const questions = new PostgresAgentQuestions(pool);
  return { questions, commit: (write) => inTransaction(pool, write), stop: async () => undefined };
});
