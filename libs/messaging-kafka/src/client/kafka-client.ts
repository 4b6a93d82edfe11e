import kafkajs, { type Admin, type Kafka, type KafkaConfig, type RetryOptions } from 'kafkajs';
import { registerCodecs } from './codecs.js';
import { repairIdleTimer } from './idle-timer.js';
import { sendPackedRecords } from '../wire/packed-sends.js';
import { readFetchesPlainly } from '../wire/plain-fetches.js';

/** How the brokers are reached. Several addresses, so that one dead node does not keep a process from starting. */
export interface KafkaConnection extends Pick<KafkaConfig, 'ssl' | 'sasl' | 'socketFactory'> {
  readonly brokers: readonly string[];
  readonly clientId: string;
}

const CONNECTION_TIMEOUT_MS = 1_000;
const ADMIN_RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 };

/** A client that reads every codec. What it would log is met as an error or an event by whoever uses it. */
export function kafkaClient(connection: KafkaConnection, retry: RetryOptions, requestTimeoutMs = 30_000): Kafka {
  registerCodecs();
  repairIdleTimer();
  readFetchesPlainly();
  sendPackedRecords();
  return new kafkajs.Kafka({
    ...connection,
    brokers: [...connection.brokers],
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    retry,
    logLevel: kafkajs.logLevel.NOTHING,
  });
}

/** Asks the brokers something, over a connection of its own. */
export async function withAdmin<Answer>(
  connection: KafkaConnection,
  ask: (admin: Admin) => Promise<Answer>,
): Promise<Answer> {
  const admin = kafkaClient(connection, ADMIN_RETRY).admin();
  try {
    await admin.connect();
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}
