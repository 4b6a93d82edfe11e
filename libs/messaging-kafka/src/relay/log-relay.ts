import { randomUUID } from 'node:crypto';
import { type EventStore, type Position, TransientError } from '@poinciana/event-sourcing';
import { growingPauseMs, LogTail, pause } from '@poinciana/messaging';
import type { Message } from 'kafkajs';
import type { KafkaConnection } from '../client/kafka-client.js';
import { PartitionProducer } from '../client/partition-producer.js';
import { TopicPartitionsError } from '../errors.js';
import { ensureLogTopic, type LogTopic, type TopicCreation } from '../log-topic.js';
import { logPublication, type Publication } from './publication.js';
import { RELAY_BOUNDS, type RelayBounds, type RelayReport, type ReportOfRelay } from './relay-bounds.js';
import { faultOf } from './refusals.js';
import { StaleRelayError, type RelayCheckpoints } from './relay-checkpoints.js';
import { RelayTerm } from './relay-term.js';

export interface LogRelayOptions {
  readonly store: EventStore;
  readonly checkpoints: RelayCheckpoints;
  readonly connection: KafkaConnection;
  /** What is published, and where; absent: every event in the internal topic. */
  readonly publication?: Publication;
  /** The reader of the store, where several relays of a process have one together. Whoever made it closes it. */
  readonly tail?: LogTail;
  readonly creation?: TopicCreation;
  readonly bounds?: Partial<RelayBounds>;
  readonly report?: ReportOfRelay;
  /** Told once when the relay cannot go on: the topic has another number of partitions. */
  readonly onFatal: (error: Error) => void;
}

export type RelayState = 'standby' | 'publishing' | 'refused' | 'stopped';

export interface RelayProgress {
  /** Everything up to here is acknowledged by the brokers. */
  readonly position: Position;
  /** Events of the log behind its head. */
  readonly lag: number;
  readonly state: RelayState;
  /** Events that the broker refused; consumers read them from the log. */
  readonly withheld: number;
}

/** Brings the log to a topic, exactly in its order for each partition. Of several relays one publishes at a time. */
export class LogRelay {
  private readonly stopping = new AbortController();
  private readonly owner = randomUUID();
  private readonly tail: LogTail;
  private readonly bounds: RelayBounds;
  private readonly publication: Publication;
  readonly topic: LogTopic;
  private readonly producer: PartitionProducer;
  private state: RelayState = 'standby';
  private term: RelayTerm | undefined;
  private work: Promise<void> | undefined;

  constructor(private readonly options: LogRelayOptions) {
    this.tail = options.tail ?? new LogTail(options.store);
    this.bounds = { ...RELAY_BOUNDS, ...options.bounds };
    this.publication = options.publication ?? logPublication();
    this.topic = this.publication.topic;
    this.producer = new PartitionProducer(options.connection, this.topic.name);
  }

  /** Begins; what is not there yet is tried again and again. */
  start(): void {
    this.work ??= this.run();
  }

  async progress(): Promise<RelayProgress> {
    const stored = await this.options.checkpoints.progress(this.topic.name);
    const position = this.term?.position ?? stored.position;
    const head = await this.options.store.head(position.shard);
    const lag = Math.max(0, head.number - position.number);
    return { position, lag, state: this.state, withheld: stored.withheld };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.work;
    if (this.options.tail === undefined) this.tail.close();
    await this.producer.disconnect();
    this.state = 'stopped';
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const since = performance.now();
      try {
        await ensureLogTopic(this.options.connection, this.topic, this.options.creation);
        await this.producer.connect();
        await this.keepPublishing();
      } catch (error) {
        if (error instanceof TopicPartitionsError) return this.end(error);
        if (performance.now() - since > this.bounds.leaseMs) attempt = 1;
        await pause(this.met(error, attempt), signal);
      }
    }
  }

  /** Reports an error that ended a term, and answers how long to wait before the next one. */
  private met(error: unknown, attempt: number): number {
    const { retryPauseMs, retryPauseMaxMs, refusedPauseMs } = this.bounds;
    if (error instanceof StaleRelayError) this.report({ kind: 'leaseLost', error });
    else if (isOutside(error)) this.report({ kind: 'retry', error, attempt });
    else {
      // A bug, or a database that is not as it must be: loud, and this relay is not ready until it is over.
      this.report({ kind: 'refused', error });
      return refusedPauseMs;
    }
    return growingPauseMs(attempt, retryPauseMs, retryPauseMaxMs);
  }

  private end(error: Error): void {
    this.state = 'stopped';
    this.options.onFatal(error);
  }

  private async keepPublishing(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const asked = performance.now();
      const { name, partitionCount } = this.topic;
      const { leaseMs, renewMs } = this.bounds;
      const lease = await this.options.checkpoints.acquire(name, partitionCount, this.owner, leaseMs);
      if (lease === undefined) {
        this.state = 'standby';
        await pause(renewMs, signal);
        continue;
      }
      this.report({ kind: 'leaseTaken', fence: lease.fence });
      this.state = 'publishing';
      this.term = new RelayTerm({
        publication: this.publication,
        lease,
        leaseUntil: asked + leaseMs,
        tail: this.tail,
        checkpoints: this.options.checkpoints,
        bounds: this.bounds,
        send: (partition, records) => this.send(partition, records),
        report: (report) => this.report(report),
        stopping: signal,
      });
      try {
        await this.term.run();
      } finally {
        this.term = undefined;
        this.state = 'standby';
      }
      await this.options.checkpoints.release(name, lease.fence);
    }
  }

  private async send(partition: number, records: readonly Message[]): Promise<void> {
    await this.producer.send(partition, records);
    if (this.state === 'refused') this.state = 'publishing';
  }

  private report(report: RelayReport): void {
    if (report.kind === 'refused') this.state = 'refused';
    this.options.report?.(report);
  }
}

/** The database or the brokers are away for now. */
function isOutside(error: unknown): boolean {
  if (error instanceof TransientError) return true;
  return error instanceof Error && error.name.startsWith('KafkaJS') && faultOf(error) === 'retriable';
}
