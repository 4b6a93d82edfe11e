import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LOG_TOPIC } from '@poinciana/messaging-kafka';
import { COMPLETE, publishedLog } from '@poinciana/messaging-kafka/conformance';
import { readTopic } from '@poinciana/testing';
import { RelayWorld } from './relay-world.js';

let world: RelayWorld;
beforeAll(async () => {
  world = await RelayWorld.start(3);
});
afterAll(() => world.close());

test('each node of three is killed in turn while the relay publishes, and the whole log is in the topic, in order', async () => {
  world.relays.start();
  world.startWriting();
  await world.untilPublished();
  for (const node of [1, 2, 3]) {
    await world.kafka.kill9(node);
    // Two of three go on.
    await world.untilPublished();
    await world.kafka.start(node);
    await world.untilPublished();
  }
  await world.stopWriting();
  await world.untilPublished();
  const records = await readTopic(world.kafka.brokers, LOG_TOPIC);
  expect(await publishedLog(world.store, records)).toMatchObject(COMPLETE);
});
