import { isDeepStrictEqual } from 'node:util';
import type { Cluster } from '../src/index.js';
import type { communication as communicationContract, flowRuns, participant } from '@poinciana/contracts';
import { READ_EVENTS_MAX, START, type StoredEvent } from '@poinciana/event-sourcing';
import { EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { createPool } from '@poinciana/database';
import { LOG_TOPIC } from '@poinciana/messaging-kafka';
import { COMPLETE, publishedLog } from '@poinciana/messaging-kafka/testing';
import { readTopic } from '@poinciana/testing';
import type { Pool } from 'pg';
import { contactFindings, type Contacts } from './contacts.js';
import type { PeopleLoad } from './people-load.js';
import { viewFindings } from './view-findings.js';

/** What was found of a cluster that is calm. */
export interface Audit {
  /** Everything that is wrong, one sentence each; empty when all is well. */
  readonly findings: readonly string[];
  readonly events: number;
  readonly people: number;
  readonly contacts: Contacts;
  /** Records that relays sent again: allowed, and left out by consumers. */
  readonly repeatedRecords: number;
}

/** Compares what clients know, the log, the topic, the views and the providers' side with each other. */
export async function auditOf(cluster: Cluster, load: PeopleLoad): Promise<Audit> {
  const { url } = cluster.database;
  const pool = createPool({ url, schema: EVENT_LOG_SCHEMA, max: 2, applicationName: 'cluster-audit' });
  try {
    const store = new PostgresEventStore({ pool });
    const events = await wholeLog(store);
    const { repeated, ...published } = await publishedLog(store, await readTopic(cluster.kafka.brokers, LOG_TOPIC));
    const { contacts, findings } = await contactFindings(cluster.simulatorUrl, events);
    return {
      findings: [
        ...load.faults,
        ...streamFindings(events),
        ...peopleFindings(events, load),
        ...chainFindings(events),
        ...(isDeepStrictEqual(published, COMPLETE) ? [] : [`The topic is not the log: ${JSON.stringify(published)}`]),
        ...findings,
        ...(await viewFindings(pool, events)),
        ...(await deadLetterFindings(pool)),
      ],
      events: events.length,
      people: load.people.size,
      contacts,
      repeatedRecords: repeated,
    };
  } finally {
    await pool.end();
  }
}

async function wholeLog(store: PostgresEventStore): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readLog(events.at(-1)?.position ?? START, READ_EVENTS_MAX);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** Revisions count from 0 in the order of the log, and no event id is there twice. */
function streamFindings(events: readonly StoredEvent[]): readonly string[] {
  const next = new Map<string, number>();
  const gaps = events.filter(({ stream, revision }) => {
    const expected = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    return revision !== expected;
  });
  const twice = events.length - new Set(events.map(({ id }) => id)).size;
  return [
    ...gaps.map(({ stream, revision }) => `${stream} has a gap before its revision ${revision}`),
    ...(twice === 0 ? [] : [`${twice} event ids are in the log twice`]),
  ];
}

/** Everybody who was acknowledged was created once, changed as often as was acknowledged, and is as she was last told. */
function peopleFindings(events: readonly StoredEvent[], load: PeopleLoad): readonly string[] {
  const ofPerson = new Map<string, StoredEvent[]>();
  for (const event of events.filter(({ stream }) => stream.startsWith('participant-'))) {
    const id = event.stream.slice('participant-'.length);
    ofPerson.set(id, [...(ofPerson.get(id) ?? []), event]);
  }
  return [...load.people].flatMap(([id, { participantId, amount, updates }]) => {
    const own = ofPerson.get(participantId) ?? [];
    const created = own.filter(({ type }) => type === 'ParticipantCreated').length;
    const updated = own.filter(({ type }) => type === 'ParticipantUpdated').length;
    const last = own.at(-1)?.personal as participant.ParticipantPersonal | undefined;
    const found = Number(last?.values['amount']);
    return created === 1 && updated === updates && found === Number(amount)
      ? []
      : [`${id}: created ${created} times, updated ${updated} of ${updates} times, amount ${found} of ${amount}`];
  });
}

/** Each cause had its one consequence: a creation its run, a plan its communication, a communication its end, an end its run. */
function chainFindings(events: readonly StoredEvent[]): readonly string[] {
  const runs = events
    .filter(({ type }) => type === 'FlowRunCompleted')
    .map(({ data }) => data as flowRuns.FlowRunCompleted);
  const idsOf = (type: string): readonly string[] => events.filter((one) => one.type === type).map(({ id }) => id);
  const communicationsOf = (type: string): readonly string[] =>
    events
      .filter((one) => one.type === type)
      .map(({ data }) => (data as communicationContract.CommunicationPlanned).communication.id);
  const firedBy = (trigger: string): readonly string[] =>
    runs.filter(({ run }) => run.trigger === trigger).map(({ run }) => run.firedBy);
  const plans = runs.flatMap(({ plans: own }) => own).map(({ communicationId }) => communicationId);
  return [
    ...unequal('creations', idsOf('ParticipantCreated'), 'their runs', firedBy('participant-created')),
    ...unequal('plans', plans, 'communications', communicationsOf('CommunicationPlanned')),
    ...unequal(
      'communications',
      communicationsOf('CommunicationPlanned'),
      'their ends',
      communicationsOf('CommunicationEnded'),
    ),
    ...unequal('ends', idsOf('CommunicationEnded'), 'their runs', firedBy('communication-ended')),
    ...(events.some(({ type }) => type === 'FlowRunFailed') ? ['A flow run failed'] : []),
  ];
}

function unequal(what: string, ones: readonly string[], other: string, others: readonly string[]): readonly string[] {
  if (isDeepStrictEqual(ones.toSorted(), others.toSorted())) return [];
  const missing = ones.filter((id) => !others.includes(id));
  return [`There are ${ones.length} ${what} and ${others.length} ${other}; without: ${missing.slice(0, 5).join(', ')}`];
}

async function deadLetterFindings(pool: Pool): Promise<readonly string[]> {
  const { rows: tables } = await pool.query<{ schema: string }>(
    `SELECT table_schema AS schema FROM information_schema.tables WHERE table_name = 'dead_letter'`,
  );
  const found = await Promise.all(
    tables.map(async ({ schema }) => {
      const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${schema}.dead_letter`);
      return rows[0]?.count === 0 ? [] : [`${schema} has ${rows[0]?.count} dead letters`];
    }),
  );
  return found.flat();
}
