import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { partitionOfKey } from '@poinciana/messaging';
import { until } from '@poinciana/messaging/conformance';
import {
  eventRecord,
  LostRecordsError,
  TopicMissingError,
  TopicPartitionsError,
  watermarkRecord,
  withAdmin,
} from '@poinciana/messaging-kafka';
import { START, type StoredEvent } from '@poinciana/event-sourcing';
import { startKafka, type KafkaCluster } from '@poinciana/testing';
import kafkajs, { type Message } from 'kafkajs';
import { PARTITIONS, TopicWorld } from './topic-world.js';

let kafka: KafkaCluster;
let world: TopicWorld;
beforeAll(async () => {
  kafka = await startKafka();
});
afterAll(() => kafka.close());
beforeEach(() => {
  world = new TopicWorld(kafka.brokers);
});
afterEach(() => world.close());

const people = (count: number) => Array.from({ length: count }, (_, person) => person);

/** Records as a relay writes them, by partition; the last of each partition is followed by a watermark. */
function recordsOf(events: readonly StoredEvent[]): readonly Message[] {
  const previous = Array.from({ length: PARTITIONS }, () => 0);
  const records = events.map((event) => {
    const partition = partitionOfKey(event.key, PARTITIONS);
    const record = eventRecord(event, previous[partition] ?? 0, partition);
    previous[partition] = event.position.number;
    return record;
  });
  const last = events.at(-1)?.position ?? START;
  return [...records, ...previous.map((number, partition) => watermarkRecord(last, number, partition))];
}

async function written(count: number): Promise<readonly StoredEvent[]> {
  await world.writer.write('participant', people(count));
  return world.store.readLog(START, count);
}

test('what a relay sent twice is handled once', async () => {
  await world.makeTopic();
  const records = recordsOf(await written(20));
  await world.send([...records.slice(0, 15), ...records.slice(5, 12), ...records.slice(12)]);
  await world.atHead(await world.join());
  expect(world.seen.map(({ position }) => position.number).sort((one, other) => one - other)).toEqual(
    people(20).map((person) => person + 1),
  );
  expect(world.fatal).toEqual([]);
});

test('a record that is missing is fatal, and nothing behind it is handled', async () => {
  await world.makeTopic();
  const records = recordsOf(await written(20));
  const lost = records.filter(({ partition }) => partition === 0).at(2);
  await world.send(records.filter((record) => record !== lost));
  const subscription = await world.join();
  expect(await world.untilFatal()).toBeInstanceOf(LostRecordsError);
  await until('the member has ended', async () => (await subscription.progress()).state === 'stopped');
  const ofPartition = world.seen.filter(({ key }) => partitionOfKey(key, PARTITIONS) === 0);
  expect(ofPartition.length).toBeLessThanOrEqual(2);
});

test('the last record before a quiet time is missed as well', async () => {
  await world.makeTopic();
  const records = recordsOf(await written(20));
  const last = records.filter(({ partition, value }) => partition === 1 && value !== null).at(-1);
  await world.send(records.filter((record) => record !== last));
  await world.join();
  expect(await world.untilFatal()).toBeInstanceOf(LostRecordsError);
});

test('records of strangers are reported and left out', async () => {
  await world.makeTopic();
  const records = recordsOf(await written(10));
  const strangers: Message[] = [
    { partition: 0, value: 'not JSON' },
    { partition: 1, value: null, headers: { 'poinciana-place': 'event', constructor: 'x', __proto__: 'y' } },
    { partition: 1, value: '{}', headers: { 'poinciana-place': ['event 0:1 0 x', 'event 0:1 0 x'] } },
  ];
  await world.send([...records.slice(0, 5), ...strangers, ...records.slice(5)]);
  await world.atHead(await world.join());
  expect(world.seen).toHaveLength(10);
  expect(world.reports.filter(({ kind }) => kind === 'foreign')).toHaveLength(strangers.length);
});

test.each(['GZIP', 'Snappy', 'LZ4', 'ZSTD'] as const)('batches compressed with %s are read', async (codec) => {
  await world.makeTopic();
  const events = await written(200);
  await world.send(recordsOf(events), kafkajs.CompressionTypes[codec]);
  await world.atHead(await world.join());
  expect(new Set(world.seen.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)));
});

test('a topic that was made anew is fatal: the checkpoint lies beyond its end', async () => {
  await world.makeTopic();
  await world.send(recordsOf(await written(20)));
  const first = await world.join();
  await world.atHead(first);
  await first.stop();
  await world.deleteTopic();
  await world.makeTopic();
  await world.join();
  expect((await world.untilFatal()).message).toContain('beyond the end 0');
});

test('records that retention removed behind the checkpoint are fatal', async () => {
  await world.makeTopic();
  await world.send(recordsOf(await written(20)));
  const first = await world.join();
  await world.atHead(first);
  await first.stop();
  await world.send([
    watermarkRecord({ shard: 0, number: 21 }, 20, 0),
    watermarkRecord({ shard: 0, number: 22 }, 20, 0),
  ]);
  await withAdmin(world.connection, async (admin) => {
    // Without it the client does not know who leads the partition.
    await admin.fetchTopicOffsets(world.topic.name);
    await admin.deleteTopicRecords({ topic: world.topic.name, partitions: [{ partition: 0, offset: '-1' }] });
  });
  await world.join();
  expect((await world.untilFatal()).message).toContain('retention has removed everything before');
});

test('another number of partitions is refused by consumers and by the relay', async () => {
  await world.makeTopic();
  const other = { ...world.topic, partitionCount: PARTITIONS + 1 };
  const error = new TopicPartitionsError(other.name, PARTITIONS, PARTITIONS + 1);
  await expect(world.join(other)).rejects.toThrow(error);
  world.startRelay(other);
  expect(await world.untilFatal()).toEqual(error);
  await expect(world.join({ ...other, name: `${other.name}.missing` })).rejects.toThrow(TopicMissingError);
});

test('an event that the brokers refuse is withheld, and consumers read it from the log', async () => {
  await withAdmin(world.connection, (admin) =>
    admin.createTopics({
      topics: [
        {
          topic: world.topic.name,
          numPartitions: PARTITIONS,
          configEntries: [{ name: 'max.message.bytes', value: '20000' }],
        },
      ],
      waitForLeaders: true,
    }),
  );
  const small = await world.writer.write('participant', people(40));
  const large = await world.writer.write('participant', [3], { text: 'x'.repeat(30_000) });
  const after = await world.writer.write('participant', people(40));
  const relay = world.startRelay();
  await world.atHead(await world.join());
  expect(world.seen.map(({ id }) => id).sort()).toEqual([...small, ...large, ...after].sort());
  expect(await relay.progress()).toMatchObject({ withheld: 1, state: 'publishing' });
  expect(world.relayed.filter(({ kind }) => kind === 'withheld')).toHaveLength(1);
});
