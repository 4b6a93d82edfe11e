import { TransientError } from '@poinciana/event-sourcing';
import type { Message, Producer } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from './kafka-client.js';
import { PackedRecords } from '../wire/packed-records.js';

/** Few and short: kafkajs would go on connecting to a dead node instead of asking who leads now. Whoever sends tries again himself. */
const PRODUCER_RETRY = { initialRetryTime: 50, maxRetryTime: 250, retries: 2 };
const REQUEST_TIMEOUT_MS = 10_000;
const METADATA_MAX_AGE_MS = 5_000;
const ACKS_OF_ALL = -1;

/** Sends to one topic. One send is one partition: over several, kafkajs takes records for acknowledged that a dying node never had. */
export class PartitionProducer {
  private readonly producer: Producer;
  private connecting: Promise<void> | undefined;

  constructor(
    connection: KafkaConnection,
    private readonly topic: string,
  ) {
    this.producer = kafkaClient(connection, PRODUCER_RETRY, REQUEST_TIMEOUT_MS).producer({
      metadataMaxAge: METADATA_MAX_AGE_MS,
      idempotent: false,
      allowAutoTopicCreation: false,
    });
  }

  async connect(): Promise<void> {
    await this.producer.connect();
  }

  async disconnect(): Promise<void> {
    await this.producer.disconnect();
  }

  /** Answers when all in-sync replicas have the records. Throws what kafkajs throws. */
  async send(partition: number, records: readonly Message[]): Promise<void> {
    const packed = PackedRecords.of(partition, records, Math.round(performance.timeOrigin + performance.now()));
    const answer = await this.producer.send({
      topic: this.topic,
      acks: ACKS_OF_ALL,
      timeout: REQUEST_TIMEOUT_MS,
      messages: packed === undefined ? [...records] : [packed],
    });
    if (!answer.some((one) => one.partition === partition && one.errorCode === 0)) {
      throw new Error(`The brokers did not acknowledge the records of partition ${partition}`);
    }
  }

  /** The same for somebody who repeats it: connects first, and whatever the brokers have against it is transient, for somebody to heal. */
  async deliver(partition: number, records: readonly Message[]): Promise<void> {
    try {
      this.connecting ??= this.connect();
      await this.connecting;
      await this.send(partition, records);
    } catch (error) {
      this.connecting = undefined;
      const name = error instanceof Error ? error.name : 'an error';
      throw new TransientError(`The brokers did not take records for ${this.topic}: ${name}`, { cause: error });
    }
  }
}
