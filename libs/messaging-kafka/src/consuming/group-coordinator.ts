import { setTimeout as pause } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { withAdmin, type KafkaConnection } from '../client/kafka-client.js';

/** Each look is several questions of the client; together they last about a minute. */
const LOOKS_MAX = 10;
const LOOK_MS = 1_000;

/**
 * Ends once the brokers have a coordinator for the group. New brokers have none until they have made their topic of offsets, which
 * takes its time when many groups come at once; a consumer that asks too early ends for good. Throws what the brokers
 * said last when there is none after all looks: a group that the access rules refuse looks the same.
 */
export async function untilCoordinator(connection: KafkaConnection, groupId: string): Promise<void> {
  for (let look = 1; ; look += 1) {
    try {
      await withAdmin(connection, (admin) => admin.describeGroups([groupId]));
      return;
    } catch (error) {
      if (!(error instanceof kafkajs.KafkaJSGroupCoordinatorNotFound) || look >= LOOKS_MAX) throw error;
      await pause(LOOK_MS);
    }
  }
}
