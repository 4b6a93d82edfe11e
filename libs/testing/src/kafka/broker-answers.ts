import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';

const LOOKS_MAX = 600;
const LOOK_MS = 100;

/**
 * Waits until a node is one of the brokers that the cluster knows as alive. A bound against hanging (a minute and more), no
 * assertion on time. `hasEnded` says that the wait is in vain.
 */
export async function untilBrokerAnswers(address: string, node: number, hasEnded: () => boolean): Promise<void> {
  let last: unknown;
  for (let look = 0; look < LOOKS_MAX && !hasEnded(); look += 1) {
    try {
      if ((await livingNodes(address)).includes(node)) return;
    } catch (error) {
      last = error;
    }
    await sleep(LOOK_MS);
  }
  throw new Error(`The Kafka node ${node} at ${address} does not answer`, { cause: last });
}

async function livingNodes(address: string): Promise<readonly number[]> {
  const kafka = new kafkajs.Kafka({
    brokers: [address],
    connectionTimeout: 2_000,
    requestTimeout: 2_000,
    retry: { retries: 0 },
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.map(({ nodeId }) => nodeId);
  } finally {
    await admin.disconnect();
  }
}
