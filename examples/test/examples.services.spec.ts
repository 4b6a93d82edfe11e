import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { derivedId, streamName } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { until } from '@poinciana/messaging/conformance';
import { issueToken, Secret, SystemClock } from '@poinciana/service-kit';
import { type KafkaCluster, startKafka } from '@poinciana/testing';
import kafkajs from 'kafkajs';
import { pythonPrograms, startService, stopService, typeScriptPrograms } from './example-programs.js';

const SECRET = 'a secret that only these tests know, long enough';
const WORKSPACE = derivedId('workspace', 'examples');
const CAMPAIGN = derivedId('campaign', 'examples');
const TOKEN_SECONDS = 3_600;
const TOPICS = ['poinciana.participants.inbound.v1', 'poinciana.participant.v1'];

let kafka: KafkaCluster;
let database: TestDatabase;
const services: ChildProcess[] = [];
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  [kafka, database] = await Promise.all([startKafka(), startTestDatabase()]);
  await writeCampaign();
  const settings = {
    PATH: process.env['PATH'],
    DATABASE_URL: database.url,
    POINCIANA_KAFKA_BROKERS: kafka.brokers.join(','),
    POINCIANA_TOKEN_SECRET: SECRET,
    POINCIANA_HTTP_HOST: '127.0.0.1',
    POINCIANA_HTTP_PORT: '0',
  };
  services.push(startService('participant-ingestion', { ...settings, POINCIANA_KAFKA_INBOUND: 'true' }));
  services.push(startService('event-relay', { ...settings, POINCIANA_KAFKA_PUBLISHED: 'participant' }));
  const rules = { secret: new Secret(SECRET), issuer: 'poinciana', audience: 'poinciana-inbound' };
  const caller = { workspace: WORKSPACE, role: 'manager', subject: 'example' } as const;
  const token = await issueToken(rules, caller, TOKEN_SECONDS, new SystemClock());
  environment = { PATH: process.env['PATH'], BROKERS: kafka.brokers.join(','), TOKEN: token };
  await until('the services have made their topics', hasTopics);
});
afterAll(async () => {
  await Promise.all(services.map((service) => stopService(service)));
  await Promise.all([kafka.close(), database.stop()]);
});

async function writeCampaign(): Promise<void> {
  const pool = createPool({ url: database.url, schema: EVENT_LOG_SCHEMA, max: 2, applicationName: 'examples' });
  await applyEventLogMigrations(pool);
  const field = (name: string) => {
    const rest = { description: '', level: 'customer', import: true, required: false, locked: true };
    return { name, title: name, type: 'string', enumerationValues: [], ...rest };
  };
  const campaign = { id: CAMPAIGN, name: 'Spring', description: '', kind: 'flow', status: 'Inactive' };
  const event = {
    id: derivedId(CAMPAIGN, 'created'),
    type: 'CampaignCreated',
    workspace: WORKSPACE,
    key: CAMPAIGN,
    time: '2026-06-01T12:00:00.000Z',
    causation: CAMPAIGN,
    correlation: CAMPAIGN,
    actor: 'user:test',
    hop: 0,
    data: { campaign, fields: [field('external_id'), field('name')] },
  };
  await new PostgresEventStore({ pool }).append([
    { stream: streamName('campaign', CAMPAIGN), expectedRevision: -1, events: [event] },
  ]);
  await pool.end();
}

async function hasTopics(): Promise<boolean> {
  const admin = new kafkajs.Kafka({ brokers: [...kafka.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = await admin.listTopics();
  await admin.disconnect();
  return TOPICS.every((topic) => topics.includes(topic));
}

interface Printed {
  readonly type: string;
  readonly subject: string;
}

function readLines(lines: readonly string[]): readonly Printed[] {
  const printed = lines.map((line) => JSON.parse(line) as Printed);
  return printed.sort((one, other) => (one.subject < other.subject ? -1 : 1));
}

test('the programs in TypeScript and in Python bring people in, and read of all of them', async () => {
  const typeScript = typeScriptPrograms();
  const python = await pythonPrograms();
  try {
    await typeScript.produce(environment, [CAMPAIGN, 'one', 'two']);
    await python.produce(environment, [CAMPAIGN, 'three']);
    const created = 'poinciana.participant.v1.ParticipantCreated';
    const [read, readByPython] = await Promise.all([
      typeScript.consume(environment, 'participant', 3),
      python.consume(environment, 'participant', 3),
    ]);
    expect(readLines(read).map(({ type }) => type)).toEqual([created, created, created]);
    expect(readLines(readByPython)).toEqual(readLines(read));
  } finally {
    await python.close();
  }
});
