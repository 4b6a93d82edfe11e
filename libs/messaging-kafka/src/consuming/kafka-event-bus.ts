import type { EventStore } from '@poinciana/event-sourcing';
import {
  type AtBatchStep,
  type CheckpointStore,
  type ConsumerGroup,
  type EventBus,
  PROCESSING_BOUNDS,
  type ProcessingBounds,
  type ReportToWatcher,
  type Subscription,
} from '@poinciana/messaging';
import type { KafkaConnection } from '../client/kafka-client.js';
import { STANDARD_LOG_TOPIC, type LogTopic } from '../log-topic.js';
import { CONSUMER_BOUNDS, type ConsumerBounds } from './consumer-bounds.js';
import { KafkaMember } from './kafka-member.js';

export interface KafkaEventBusOptions<Transaction> {
  /** For what only the log can say: its head, the events of dead letters, and events that the broker refused. */
  readonly store: EventStore;
  /** The consumer's own database. */
  readonly checkpoints: CheckpointStore<Transaction>;
  readonly connection: KafkaConnection;
  /**
   * Told once when a consumer ended for a reason that no repetition heals: another number of partitions, records that are gone,
   * a crash of the client. The composition root ends the process with its message.
   */
  readonly onFatal: (error: Error) => void;
  readonly topic?: LogTopic;
  /** Stands before the name of a group to make the one that the brokers know. */
  readonly groupPrefix?: string;
  readonly bounds?: Partial<ConsumerBounds>;
  readonly processing?: Partial<ProcessingBounds>;
  readonly report?: ReportToWatcher;
  /** For tests of crashes. */
  readonly atStep?: AtBatchStep;
  /** Told how many records were fetched, for tests of back-pressure. */
  readonly onFetched?: (records: number) => void;
}

/** The event bus on Kafka. The brokers deal the partitions out; checkpoints and fences lie in the consumer's own database. */
export class KafkaEventBus<Transaction> implements EventBus<Transaction> {
  constructor(private readonly options: KafkaEventBusOptions<Transaction>) {}

  async subscribe(group: ConsumerGroup<Transaction>): Promise<Subscription> {
    const { options } = this;
    const member = new KafkaMember<Transaction>({
      ...options,
      group,
      topic: options.topic ?? STANDARD_LOG_TOPIC,
      groupId: `${options.groupPrefix ?? 'poinciana.'}${group.name}`,
      bounds: { ...CONSUMER_BOUNDS, ...options.bounds },
      processing: { ...PROCESSING_BOUNDS, ...options.processing },
      report: options.report ?? (() => undefined),
      atStep: options.atStep ?? (() => undefined),
      onFetched: options.onFetched ?? (() => undefined),
    });
    await member.start();
    return member;
  }
}
