import { setMaxListeners } from 'node:events';
import { type EventStore, START } from '@poinciana/event-sourcing';
import {
  type AtBatchStep,
  type CheckpointStore,
  type ConsumerGroup,
  type DeadLetters,
  GroupDeadLetters,
  type GroupProgress,
  MemberCutError,
  type ProcessingBounds,
  type ReportToWatcher,
  StaleMemberError,
  type Subscription,
  groupProgress,
  growingPauseMs,
  pause,
} from '@poinciana/messaging';
import type { EachBatchPayload } from 'kafkajs';
import type { KafkaConnection } from '../client/kafka-client.js';
import { LostRecordsError, TopicMissingError, TopicPartitionsError } from '../errors.js';
import { checkLogTopic, type LogTopic } from '../log-topic.js';
import type { ClaimedPartition } from './claimed-partition.js';
import type { ConsumerBounds } from './consumer-bounds.js';
import { GroupConsumer } from './group-consumer.js';
import { MemberClaims } from './member-claims.js';

const TOPIC_LOOK_MS = 1_000;
const LOOPS_MAX = 10;

export interface KafkaMemberOptions<Transaction> {
  readonly group: ConsumerGroup<Transaction>;
  readonly groupId: string;
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore<Transaction>;
  readonly connection: KafkaConnection;
  readonly topic: LogTopic;
  readonly bounds: ConsumerBounds;
  readonly processing: ProcessingBounds;
  readonly report: ReportToWatcher;
  readonly atStep: AtBatchStep;
  readonly onFatal: (error: Error) => void;
  readonly onFetched: (records: number) => void;
}

/** A member of a group: what the brokers assign to it, it claims in its own database, reads from there, and works through. */
export class KafkaMember<Transaction> implements Subscription {
  readonly group: string;
  readonly deadLetters: DeadLetters;
  /** What a broker still holds is nothing that this process could wait for. */
  readonly handledTo = undefined;
  private readonly stopping = new AbortController();
  private readonly consumer: GroupConsumer;
  private readonly claims: MemberClaims<Transaction>;
  private isPaused = false;
  private isEnded = false;
  private isRebalancing = false;
  private idleWork: Promise<unknown> | undefined;
  private ending: Promise<void> | undefined;

  constructor(private readonly options: KafkaMemberOptions<Transaction>) {
    const { group, checkpoints, store } = options;
    this.group = group.name;
    // Every partition may wait for its end.
    setMaxListeners(options.topic.partitionCount + LOOPS_MAX, this.stopping.signal);
    this.deadLetters = new GroupDeadLetters(group, checkpoints, store);
    this.consumer = new GroupConsumer({
      connection: options.connection,
      topic: options.topic,
      groupId: options.groupId,
      bounds: options.bounds,
      joined: (partitions) => this.joined(partitions),
      stillMember: () => this.confirmed(),
      crashed: (error) => this.fail(error),
      eachBatch: (payload) => this.eachBatch(payload),
    });
    this.claims = new MemberClaims({
      ...options,
      consumer: this.consumer,
      stopping: this.stopping.signal,
      isPaused: () => this.isPaused,
      isToStop: () => this.isToStop(),
      fail: (error) => this.fail(error),
      met: (claims, error) => this.met(claims, error),
    });
  }

  /** Joins the group. Throws when the topic is not there in time, or when topic or group have another number of partitions. */
  async start(): Promise<void> {
    const { checkpoints, topic } = this.options;
    await checkpoints.open(this.group, topic.partitionCount);
    await this.untilTopic();
    await this.consumer.start();
    const { idleCommitMs, heartbeatMs } = this.options.bounds;
    this.idleWork = Promise.all([
      this.keepDoing(idleCommitMs, () => this.claims.moveIdle()),
      this.keepDoing(heartbeatMs, () => this.claims.lookBack()),
    ]);
  }

  pause(): void {
    this.isPaused = true;
    this.claims.pauseAll();
  }

  resume(): void {
    this.isPaused = false;
    this.claims.resumeAll();
  }

  async progress(): Promise<GroupProgress> {
    const places = await this.options.checkpoints.places(this.group);
    const head = await this.options.store.head(START.shard);
    return groupProgress(this.group, places, head, this.state);
  }

  async stop(): Promise<void> {
    await this.end();
  }

  private get state(): GroupProgress['state'] {
    if (this.isEnded) return 'stopped';
    if (this.isPaused) return 'paused';
    return this.claims.isTripped ? 'tripped' : 'running';
  }

  private isToStop(): boolean {
    return this.isEnded || this.isPaused || this.isRebalancing || this.stopping.signal.aborted;
  }

  private async untilTopic(): Promise<void> {
    const { connection, topic, bounds } = this.options;
    for (let look = 1; ; look += 1) {
      try {
        return await checkLogTopic(connection, topic);
      } catch (error) {
        if (!(error instanceof TopicMissingError) || look >= bounds.topicLooksMax) throw error;
        await pause(TOPIC_LOOK_MS, this.stopping.signal);
      }
    }
  }

  private joined(partitions: readonly number[]): void {
    this.isRebalancing = false;
    const { topic } = this.options;
    const most = Math.max(-1, ...partitions);
    if (most >= topic.partitionCount) {
      this.fail(new TopicPartitionsError(topic.name, most + 1, topic.partitionCount));
    } else {
      this.claims.assign(partitions);
    }
  }

  private confirmed(): void {
    this.isRebalancing = false;
    this.claims.confirmed();
  }

  private async eachBatch({ batch, resolveOffset, heartbeat }: EachBatchPayload): Promise<void> {
    if (this.isToStop()) return;
    this.options.onFetched(batch.messages.length);
    const beating = this.keepBeating(heartbeat);
    try {
      const last = await this.claims.read(batch.partition, batch.messages);
      if (last !== undefined) resolveOffset(String(last));
    } finally {
      clearInterval(beating);
    }
  }

  /** What keeps the membership while a batch is in hand, however long the handler takes. */
  private keepBeating(heartbeat: () => Promise<void>): NodeJS.Timeout {
    const since = performance.now();
    return setInterval(() => {
      if (this.isEnded || performance.now() - since > this.options.bounds.batchMsMax) return;
      heartbeat().catch(() => {
        // The brokers deal the partitions out anew or cannot be reached: after the batch in hand the client asks them again,
        // and joins or goes on.
        this.isRebalancing = true;
      });
    }, this.options.bounds.heartbeatMs);
  }

  private met(claims: readonly ClaimedPartition[], error: unknown): void {
    const { report } = this.options;
    if (error instanceof MemberCutError) {
      report({ kind: 'ended', group: this.group, error });
      this.isEnded = true;
      void this.end();
    } else if (error instanceof LostRecordsError) {
      this.fail(error);
    } else if (error instanceof StaleMemberError) {
      report({ kind: 'stale', group: this.group, error });
      this.claims.lost();
    } else {
      this.claims.failed(claims, error);
    }
  }

  /** Does something beside the work, so many milliseconds after the last time; it stops at nothing but the member's end. */
  private async keepDoing(everyMs: number, act: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    const { errorPauseMs, errorPauseMaxMs } = this.options.bounds;
    let errorsInRow = 0;
    while (!signal.aborted) {
      await pause(errorsInRow === 0 ? everyMs : growingPauseMs(errorsInRow, errorPauseMs, errorPauseMaxMs), signal);
      try {
        if (!this.isToStop()) await act();
        errorsInRow = 0;
      } catch (error) {
        errorsInRow += 1;
        if (error instanceof StaleMemberError) this.claims.lost();
        this.options.report({ kind: 'retry', group: this.group, error, attempt: errorsInRow });
      }
    }
  }

  private fail(error: Error): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.options.report({ kind: 'ended', group: this.group, error });
    this.options.onFatal(error);
    void this.end();
  }

  private end(): Promise<void> {
    this.ending ??= this.endOnce();
    return this.ending;
  }

  private async endOnce(): Promise<void> {
    this.stopping.abort();
    try {
      await this.consumer.stop();
    } catch (error) {
      // The brokers give the partitions to others by themselves; they only wait for it longer.
      this.options.report({ kind: 'ended', group: this.group, error });
    }
    this.claims.clear();
    await this.idleWork;
    this.isEnded = true;
  }
}
