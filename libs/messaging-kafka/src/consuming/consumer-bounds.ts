import { BATCH_BYTES_MAX, BATCH_EVENTS_MAX } from '@poinciana/messaging';

/** Times and numbers of a membership in a group on Kafka. */
export interface ConsumerBounds {
  readonly eventsMax: number;
  readonly bytesMax: number;
  /** So long after its last heartbeat the partitions of a member that died go to others. */
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly rebalanceTimeoutMs: number;
  /** What a fetch brings of one partition at most. */
  readonly fetchBytesMax: number;
  /**
   * How long the brokers keep a fetch while less than `fetchBytesMin` is there, of all partitions: whoever is answered at once handles
   * every event by itself, and a transaction an event costs a machine more than the events do.
   */
  readonly fetchWaitMs: number;
  readonly fetchBytesMin: number;
  /** A batch in hand for longer than this no longer keeps the membership: it may hang for ever. */
  readonly batchMsMax: number;
  /** Checkpoints move over records that nobody wants at most this often, those of all partitions together. */
  readonly idleCommitMs: number;
  /** How often the topic is looked for before a start gives up. */
  readonly topicLooksMax: number;
  readonly errorPauseMs: number;
  readonly errorPauseMaxMs: number;
}

export const CONSUMER_BOUNDS: ConsumerBounds = {
  eventsMax: BATCH_EVENTS_MAX,
  bytesMax: BATCH_BYTES_MAX,
  sessionTimeoutMs: 10_000,
  heartbeatMs: 2_000,
  rebalanceTimeoutMs: 60_000,
  fetchBytesMax: 1024 * 1024,
  fetchWaitMs: 400,
  fetchBytesMin: 1024 * 1024,
  batchMsMax: 600_000,
  idleCommitMs: 250,
  topicLooksMax: 60,
  errorPauseMs: 50,
  errorPauseMaxMs: 2_000,
};
