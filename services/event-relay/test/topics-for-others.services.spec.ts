import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { contractSchemas } from '@poinciana/contracts/schemas';
import { categoryOf, formatPosition, READ_EVENTS_MAX, START, type StoredEvent } from '@poinciana/event-sourcing';
import { ensureLogTopic } from '@poinciana/messaging-kafka';
import { readTopic, type ReadRecord } from '@poinciana/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { RelayWorld } from './relay-world.js';
import { appendSamples, PERSONAL, SECRET, WORKSPACES } from './sample-events.js';

const PEOPLE = 40;
const KILLS = 1;
const published = contractSchemas.filter(({ events }) => Object.keys(events).length > 0);
const ajv = new Ajv2020({ strict: true });
for (const { schema } of published) ajv.addSchema(schema);

/** What a topic has, by the header that says which event a record is; a relay that was killed repeats some. */
interface OwnTopic {
  readonly records: readonly ReadRecord[];
  /** Positions in the order in which they first came, by key. */
  readonly byKey: ReadonlyMap<string, readonly string[]>;
}

function header({ headers }: ReadRecord, name: string): string {
  const value = headers?.[name];
  return Buffer.isBuffer(value) ? value.toString('utf8') : '';
}

function firstOfEach(records: readonly ReadRecord[]): OwnTopic {
  const seen = new Set<string>();
  const first = records.filter((record) => {
    const id = header(record, 'ce_id');
    return seen.has(id) ? false : seen.add(id) !== undefined;
  });
  const byKey = new Map<string, string[]>();
  for (const record of first) {
    const key = record.key?.toString('utf8') ?? '';
    byKey.set(key, [...(byKey.get(key) ?? []), header(record, 'ce_position')]);
  }
  return { records: first, byKey };
}

/** The same, as the log says it should be. */
function positionsByKey(events: readonly StoredEvent[]): ReadonlyMap<string, readonly string[]> {
  const byKey = new Map<string, string[]>();
  for (const { key, position } of events) byKey.set(key, [...(byKey.get(key) ?? []), formatPosition(position)]);
  return byKey;
}

async function wholeLog({ store }: RelayWorld): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readLog(events.at(-1)?.position ?? START, READ_EVENTS_MAX);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

function eventsOf(log: readonly StoredEvent[], category: string): readonly StoredEvent[] {
  return log.filter(({ stream }) => categoryOf(stream) === category);
}

describe('topics for others', () => {
  let world: RelayWorld;
  beforeAll(async () => {
    world = await RelayWorld.start(1, { POINCIANA_KAFKA_PUBLISHED: 'all' });
  });
  afterAll(() => world.close());

  test('hold every event once per key in order through kills of the relay, as the schema says, nothing personal', async () => {
    const { relays } = world;
    let relay = relays.start();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await appendSamples(world.store, PEOPLE * (kill + 1));
      await world.untilPublished();
      await relays.kill(relay);
      relay = relays.start();
    }
    await world.untilPublished(published.map(({ name }) => `poinciana.${name}`));
    const log = await wholeLog(world);
    expect(new Set(log.map(({ workspace }) => workspace))).toEqual(new Set(WORKSPACES));
    for (const { name, category, schema } of published) {
      const { records, byKey } = firstOfEach(await readTopic(world.kafka.brokers, `poinciana.${name}`));
      expect(byKey).toEqual(positionsByKey(eventsOf(log, category)));
      for (const record of records) {
        const type = header(record, 'ce_type').split('.').at(-1) ?? '';
        const text = record.value?.toString('utf8') ?? '';
        expect(ajv.validate(`${schema.$id}#/$defs/${type}`, JSON.parse(text))).toBe(true);
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain('personal');
        expect(JSON.stringify(record.headers)).not.toContain(PERSONAL);
        expect(text).not.toContain(PERSONAL);
      }
    }
    const answer = await fetch(`${await relays.urlOf(relay)}/api/relay/schemas/participant.v1`);
    expect(await answer.json()).toMatchObject({ $id: 'urn:poinciana:schema:participant.v1' });
    const asyncApi = await fetch(`${await relays.urlOf(relay)}/api/relay/asyncapi.json`);
    expect(await asyncApi.json()).toMatchObject({ asyncapi: '3.1.0' });
  });
});

describe('a topic with personal values opened', () => {
  let world: RelayWorld;
  beforeAll(async () => {
    world = await RelayWorld.start(1, {
      POINCIANA_KAFKA_PUBLISHED: 'participant',
      POINCIANA_KAFKA_PUBLISHED_PERSONAL: 'true',
    });
  });
  afterAll(() => world.close());

  test('has them, and in the place of an event that the brokers refuse for its size a record that says so', async () => {
    const topic = { name: 'poinciana.participant.v1', partitionCount: 8 };
    await ensureLogTopic({ brokers: world.kafka.brokers, clientId: 'test' }, topic, { recordBytesMax: 50_000 });
    world.relays.start();
    await appendSamples(world.store, PEOPLE);
    await world.untilPublished([topic.name]);
    const { records, byKey } = firstOfEach(await readTopic(world.kafka.brokers, topic.name));
    const log = eventsOf(await wholeLog(world), 'participant');
    expect(byKey).toEqual(positionsByKey(log));
    const large = log.filter(({ personal }) => JSON.stringify(personal ?? '').length > 50_000).map(({ id }) => id);
    const withheld = records.filter((record) => header(record, 'ce_withheld') === 'true');
    expect(withheld.map((record) => header(record, 'ce_id')).sort()).toEqual([...large].sort());
    expect(withheld.map(({ value }) => value)).toEqual(large.map(() => null));
    const open = records.filter(({ value }) => value?.includes(PERSONAL));
    const personal = log.filter(({ personal: part }) => part !== undefined);
    expect(open).toHaveLength(personal.length - large.length);
    expect(records.filter(({ value }) => value?.includes(SECRET))).toEqual([]);
  });
});
