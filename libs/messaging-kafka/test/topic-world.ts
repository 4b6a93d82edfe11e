import { randomUUID } from 'node:crypto';
import { InMemoryEventStore, type StoredEvent } from '@poinciana/event-sourcing';
import {
  InMemoryCheckpointStore,
  InMemoryGroups,
  type BusReport,
  type InMemoryTransaction,
  type Subscription,
} from '@poinciana/messaging';
import { LogWriter, QUICK_PROCESSING, until } from '@poinciana/messaging/conformance';
import {
  ensureLogTopic,
  InMemoryRelayCheckpoints,
  kafkaClient,
  KafkaEventBus,
  logPublication,
  LogRelay,
  withAdmin,
  type RelayReport,
  type TopicCreation,
} from '@poinciana/messaging-kafka';
import type { CompressionTypes, Message } from 'kafkajs';

export const PARTITIONS = 2;
const QUICK_CONSUMER = {
  sessionTimeoutMs: 6_000,
  heartbeatMs: 300,
  fetchWaitMs: 50,
  idleCommitMs: 20,
  topicLooksMax: 2,
};

/** One topic of its own, with whatever a test does to it. */
export class TopicWorld {
  readonly store = new InMemoryEventStore();
  readonly writer = new LogWriter(this.store);
  readonly topic = { name: `world.${randomUUID()}`, partitionCount: PARTITIONS };
  readonly fatal: Error[] = [];
  readonly reports: BusReport[] = [];
  readonly relayed: RelayReport[] = [];
  readonly seen: StoredEvent[] = [];
  private readonly groups = new InMemoryGroups();
  private readonly relayCheckpoints = new InMemoryRelayCheckpoints();
  private readonly ends: (() => Promise<void>)[] = [];

  constructor(private readonly brokers: readonly string[]) {}

  get connection() {
    return { brokers: this.brokers, clientId: 'world' };
  }

  async makeTopic(creation: TopicCreation = {}): Promise<void> {
    await ensureLogTopic(this.connection, this.topic, creation);
  }

  startRelay(topic = this.topic, bounds = {}): LogRelay {
    const relay = new LogRelay({
      store: this.store,
      checkpoints: this.relayCheckpoints,
      connection: this.connection,
      publication: logPublication(topic),
      bounds: { commitMs: 20, watermarkMs: 20, ...bounds },
      report: (report) => this.relayed.push(report),
      onFatal: (error) => this.fatal.push(error),
    });
    relay.start();
    this.ends.push(() => relay.stop());
    return relay;
  }

  async join(topic = this.topic): Promise<Subscription> {
    const bus = new KafkaEventBus<InMemoryTransaction>({
      store: this.store,
      checkpoints: new InMemoryCheckpointStore(this.groups),
      connection: this.connection,
      topic,
      groupPrefix: `${topic.name}.`,
      bounds: QUICK_CONSUMER,
      processing: QUICK_PROCESSING,
      report: (report) => this.reports.push(report),
      onFatal: (error) => this.fatal.push(error),
    });
    const subscription = await bus.subscribe({
      name: 'world.seen',
      categories: ['participant'],
      handle:
        async ({ events }) =>
        async (transaction) =>
          transaction.change(() => this.seen.push(...events)),
    });
    this.ends.push(() => subscription.stop());
    return subscription;
  }

  /** Sends records as anybody could. */
  async send(messages: readonly Message[], compression?: CompressionTypes): Promise<void> {
    const producer = kafkaClient(this.connection, { retries: 8 }).producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const sent = { topic: this.topic.name, acks: -1, messages: [...messages] };
    await producer.send(compression === undefined ? sent : { ...sent, compression });
    await producer.disconnect();
  }

  async deleteTopic(): Promise<void> {
    await withAdmin(this.connection, (admin) => admin.deleteTopics({ topics: [this.topic.name] }));
    await until('the topic is gone', () =>
      withAdmin(this.connection, async (admin) => !(await admin.listTopics()).includes(this.topic.name)),
    );
  }

  async atHead(subscription: Subscription): Promise<void> {
    await until('the group is at the head', async () => (await subscription.progress()).lag === 0);
  }

  async untilFatal(): Promise<Error> {
    await until('the consumer has given up', () => this.fatal.length > 0);
    const [error] = this.fatal;
    if (error === undefined) throw new Error('No error was told');
    return error;
  }

  async close(): Promise<void> {
    await Promise.all(this.ends.map((end) => end()));
  }
}
