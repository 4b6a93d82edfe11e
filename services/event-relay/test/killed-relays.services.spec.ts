import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LOG_TOPIC } from '@poinciana/messaging-kafka';
import { COMPLETE, publishedLog } from '@poinciana/messaging-kafka/conformance';
import { readTopic } from '@poinciana/testing';
import { RelayWorld } from './relay-world.js';

const KILLS = 3;

let world: RelayWorld;
beforeAll(async () => {
  world = await RelayWorld.start(1);
});
afterAll(() => world.close());

test('relays that are killed, frozen and stopped, and a broker that is killed, leave the whole log in order', async () => {
  const { relays, kafka } = world;
  let publishing = relays.start();
  let standby = relays.start();
  world.startWriting();
  await world.untilPublished();
  for (let kill = 0; kill < KILLS; kill += 1) {
    // Whichever of the two has the lease, both are killed in turn.
    await relays.kill(publishing);
    publishing = standby;
    standby = relays.start();
    await world.untilPublished();
  }
  await kafka.kill9(1);
  await kafka.start(1);
  await world.untilPublished();
  publishing.kill('SIGSTOP');
  standby.kill('SIGSTOP');
  const third = relays.start();
  await relays.untilReady(third);
  await world.untilPublished();
  publishing.kill('SIGCONT');
  standby.kill('SIGCONT');
  await world.untilPublished();
  expect(await relays.kill(third, 'SIGTERM')).toBe(0);
  await world.stopWriting();
  await world.untilPublished();
  const published = await publishedLog(world.store, await readTopic(kafka.brokers, LOG_TOPIC));
  expect(published).toMatchObject(COMPLETE);
  expect((await world.store.head()).number).toBeGreaterThan(0);
});
