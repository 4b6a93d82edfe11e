import type { Consumer, ConsumerCrashEvent, EachBatchPayload } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from '../client/kafka-client.js';
import { ConsumerCrashError } from '../errors.js';
import type { LogTopic } from '../log-topic.js';
import type { ConsumerBounds } from './consumer-bounds.js';
import { untilCoordinator } from './group-coordinator.js';

export interface GroupConsumerOptions {
  readonly connection: KafkaConnection;
  readonly topic: LogTopic;
  readonly groupId: string;
  readonly bounds: ConsumerBounds;
  /** Told at every joining what the brokers assigned; nothing of it is fetched before it is resumed. */
  readonly joined: (partitions: readonly number[]) => void;
  /** Told whenever the brokers confirmed the membership. */
  readonly stillMember: () => void;
  /** Told when the client ended for good. */
  readonly crashed: (error: Error) => void;
  readonly eachBatch: (payload: EachBatchPayload) => Promise<void>;
}

/** A consumer of kafkajs, set so that it never commits, never skips, and never reads before it was told from where. */
export class GroupConsumer {
  private readonly consumer: Consumer;
  /** kafkajs refuses to be paused or sought before it has joined and after it has stopped; a restart joins again. */
  private isJoined = false;

  constructor(private readonly options: GroupConsumerOptions) {
    const { connection, groupId, bounds } = options;
    const retry = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5, restartOnFailure: async () => true };
    this.consumer = kafkaClient(connection, retry).consumer({
      groupId,
      retry,
      sessionTimeout: bounds.sessionTimeoutMs,
      heartbeatInterval: bounds.heartbeatMs,
      rebalanceTimeout: bounds.rebalanceTimeoutMs,
      minBytes: bounds.fetchBytesMin,
      maxWaitTimeInMs: bounds.fetchWaitMs,
      maxBytesPerPartition: bounds.fetchBytesMax,
      metadataMaxAge: 5_000,
      allowAutoTopicCreation: false,
    });
    const { GROUP_JOIN, HEARTBEAT, STOP, CRASH } = this.consumer.events;
    this.consumer.on(GROUP_JOIN, ({ payload }) => this.joined(payload.memberAssignment[options.topic.name] ?? []));
    this.consumer.on(HEARTBEAT, () => options.stillMember());
    this.consumer.on(STOP, () => {
      this.isJoined = false;
    });
    this.consumer.on(CRASH, (event) => this.crashed(event));
  }

  async start(): Promise<void> {
    await untilCoordinator(this.options.connection, this.options.groupId);
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [this.options.topic.name], fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // All that a fetch brought comes at once, so that it can be handled together.
      partitionsConsumedConcurrently: this.options.topic.partitionCount,
      eachBatch: (payload) => this.options.eachBatch(payload),
    });
  }

  /** Ends after the batches in hand, and leaves the group. */
  async stop(): Promise<void> {
    await this.consumer.disconnect();
  }

  pause(partitions: readonly number[]): void {
    if (this.isJoined && partitions.length > 0)
      this.consumer.pause([{ topic: this.options.topic.name, partitions: [...partitions] }]);
  }

  resume(partitions: readonly number[]): void {
    if (this.isJoined && partitions.length > 0)
      this.consumer.resume([{ topic: this.options.topic.name, partitions: [...partitions] }]);
  }

  seek(partition: number, offset: number): void {
    if (this.isJoined) this.consumer.seek({ topic: this.options.topic.name, partition, offset: String(offset) });
  }

  private joined(partitions: readonly number[]): void {
    this.isJoined = true;
    this.pause(partitions);
    this.options.joined(partitions);
  }

  private crashed({ payload: { error, restart } }: ConsumerCrashEvent): void {
    if (restart) return;
    this.options.crashed(
      new ConsumerCrashError(`The consumer ${this.options.groupId} ended for good: ${error.name}: ${error.message}`, {
        cause: error,
      }),
    );
  }
}
