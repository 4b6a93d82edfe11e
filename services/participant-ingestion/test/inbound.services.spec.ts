import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { contractSchemas } from '@poinciana/contracts/schemas';
import { readTopic } from '@poinciana/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import kafkajs from 'kafkajs';
import { REJECTED_TOPIC } from '../src/consumers/inbound-door.js';
import { deleteCampaign, OTHER_WORKSPACE, WORKSPACE, writeCampaign } from './fixtures.js';
import { badRecord, DELETED_CAMPAIGN, type Expected, goodRecord, OTHERS_CAMPAIGN, WAYS } from './inbound-records.js';
import { InboundWorld, PARTITIONS } from './inbound-world.js';

const RECORDS = 10_000;
const BAD_EVERY = 20;
const SEND_RECORDS = 250;
const CODECS = ['None', 'GZIP', 'Snappy', 'LZ4', 'ZSTD'] as const;

let world: InboundWorld;
beforeAll(async () => {
  world = await InboundWorld.start();
  await writeCampaign(world.store);
  await writeCampaign(world.store, { id: OTHERS_CAMPAIGN, workspace: OTHER_WORKSPACE });
  await writeCampaign(world.store, { id: DELETED_CAMPAIGN });
  await deleteCampaign(world.store, DELETED_CAMPAIGN);
});
afterAll(() => world.close());

/** Everything in its place, `<partition>/<offset>`: partitions in turn, each send with another codec. */
async function sendAll(): Promise<ReadonlyMap<string, Expected>> {
  const tokens = {
    own: await world.token(WORKSPACE),
    others: await world.token(OTHER_WORKSPACE),
    viewer: await world.token(WORKSPACE, 'viewer'),
    foreign: await world.token(WORKSPACE, 'manager', 'poinciana'),
  };
  const expected = new Map<string, Expected>();
  const ends = Array.from({ length: PARTITIONS }, () => 0);
  for (let from = 0; from < RECORDS; from += SEND_RECORDS) {
    const send = from / SEND_RECORDS;
    const partition = send % PARTITIONS;
    const records = Array.from({ length: SEND_RECORDS }, (_, index) => {
      const n = from + index;
      return n % BAD_EVERY === 0 ? badRecord(n / BAD_EVERY, tokens) : goodRecord(n, tokens);
    });
    // A batch of the brokers is at most 4 MiB, and 2 MB values are among them.
    for (const part of partsOf(records)) {
      const codec = CODECS[send % CODECS.length] ?? 'None';
      await world.send(
        partition,
        part.map(({ message }) => message),
        kafkajs.CompressionTypes[codec],
      );
      const end = ends[partition] ?? 0;
      for (const [index, record] of part.entries()) expected.set(`${partition}/${end + index}`, record);
      ends[partition] = end + part.length;
    }
  }
  return expected;
}

/** A record with a large value is sent alone. */
function partsOf(records: readonly Expected[]): readonly (readonly Expected[])[] {
  const parts: Expected[][] = [[]];
  for (const record of records) {
    const isLarge = (record.message.value?.length ?? 0) > 100_000;
    if (isLarge) parts.push([record], []);
    else parts.at(-1)?.push(record);
  }
  return parts.filter((part) => part.length > 0);
}

test('of 10,000 records, a kill in between, every good one is a participant once, every bad one is told with its code', async () => {
  const first = world.startService();
  const sending = sendAll();
  await world.untilDone(RECORDS / 10);
  await world.kill(first);
  world.startService();
  world.startService();
  const expected = await sending;
  await world.untilDone(RECORDS);

  const log = await world.log();
  const good = [...expected.values()].filter((record) => 'person' in record);
  const created = log.filter(({ type }) => type === 'ParticipantCreated');
  const people = created.map(({ workspace, personal }) => `${workspace} ${personOf(personal)}`);
  expect(people.sort()).toEqual(good.map(({ workspace, person }) => `${workspace} ${person}`).sort());
  expect(log.filter(({ type }) => type === 'ParticipantUpdated')).toEqual([]);
  expect(created.every(({ actor }) => actor === 'user:shop')).toBe(true);

  const bad = [...expected].flatMap(([place, record]) => ('code' in record ? [{ place, ...record }] : []));
  expect(new Set(bad.map(({ code }) => code)).size).toBe(new Set(WAYS.map(([code]) => code)).size);
  const dead = await world.deadLetters();
  expect(dead.map(({ place, code }) => `${place} ${code}`).sort()).toEqual(
    bad
      .filter(({ isDead }) => isDead)
      .map(({ place, code }) => `${place} ${code}`)
      .sort(),
  );
  const told = await rejections();
  expect([...told].sort()).toEqual(bad.map(({ place, code }) => `${place} ${code}`).sort());
});

/** Every rejection as `<partition>/<offset> <code>`, those that a kill made double counted once. */
async function rejections(): Promise<ReadonlySet<string>> {
  const ajv = new Ajv2020({ strict: true });
  for (const { schema } of contractSchemas) ajv.addSchema(schema);
  const told = new Set<string>();
  for (const { partition, value, headers } of await readTopic(world.kafka.brokers, REJECTED_TOPIC)) {
    const rejection = JSON.parse(value?.toString('utf8') ?? '') as {
      readonly code: string;
      readonly record: { readonly partition: number; readonly offset: number };
    };
    expect(ajv.validate(String(headers?.['ce_dataschema']), rejection)).toBe(true);
    expect(rejection.record.partition).toBe(partition);
    expect(value?.toString('utf8')).not.toContain('no address');
    told.add(`${partition}/${rejection.record.offset} ${rejection.code}`);
  }
  return told;
}

function personOf(personal: object | undefined): string {
  const { values } = personal as { readonly values: Readonly<Record<string, unknown>> };
  return String(values['external_id']);
}
