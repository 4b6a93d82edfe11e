import { START, type Position } from '@poinciana/event-sourcing';
import { TopicPartitionsError } from '../errors.js';
import {
  StaleRelayError,
  type RelayCheckpoint,
  type RelayCheckpoints,
  type RelayLease,
  type WithheldEvent,
} from './relay-checkpoints.js';

interface TopicRows {
  fence: number;
  owner: string | undefined;
  leaseEndsAt: number;
  readonly checkpoints: Map<number, RelayCheckpoint>;
  readonly withheld: Map<number, WithheldEvent>;
}

/** The twin: the same answers, nothing kept. */
export class InMemoryRelayCheckpoints implements RelayCheckpoints {
  private readonly topics = new Map<string, TopicRows>();

  async acquire(
    topic: string,
    partitionCount: number,
    owner: string,
    leaseMs: number,
  ): Promise<RelayLease | undefined> {
    const rows = this.rowsOf(topic);
    if (rows.checkpoints.size > 0 && rows.checkpoints.size !== partitionCount) {
      throw new TopicPartitionsError(topic, rows.checkpoints.size, partitionCount);
    }
    const now = performance.now();
    if (rows.owner !== undefined && rows.owner !== owner && rows.leaseEndsAt > now) return undefined;
    for (let partition = 0; partition < partitionCount; partition += 1) {
      if (!rows.checkpoints.has(partition)) {
        rows.checkpoints.set(partition, { partition, position: START, previous: 0 });
      }
    }
    rows.owner = owner;
    rows.leaseEndsAt = now + leaseMs;
    rows.fence += 1;
    const checkpoints = [...rows.checkpoints.values()].sort((one, other) => one.partition - other.partition);
    return { fence: rows.fence, checkpoints };
  }

  async renew(topic: string, fence: number, leaseMs: number): Promise<void> {
    this.held(topic, fence).leaseEndsAt = performance.now() + leaseMs;
  }

  async release(topic: string, fence: number): Promise<void> {
    const rows = this.rowsOf(topic);
    if (rows.fence === fence) rows.owner = undefined;
  }

  async commit(topic: string, fence: number, checkpoints: readonly RelayCheckpoint[]): Promise<void> {
    const rows = this.held(topic, fence);
    for (const checkpoint of checkpoints) rows.checkpoints.set(checkpoint.partition, checkpoint);
  }

  async withhold(topic: string, event: WithheldEvent): Promise<void> {
    this.rowsOf(topic).withheld.set(event.position.number, event);
  }

  async progress(topic: string): Promise<{ position: Position; withheld: number }> {
    const rows = this.rowsOf(topic);
    const numbers = [...rows.checkpoints.values()].map(({ position }) => position.number);
    const number = numbers.length === 0 ? START.number : Math.min(...numbers);
    return { position: { shard: START.shard, number }, withheld: rows.withheld.size };
  }

  private held(topic: string, fence: number): TopicRows {
    const rows = this.rowsOf(topic);
    if (rows.fence !== fence || rows.owner === undefined) throw new StaleRelayError('Another relay publishes');
    return rows;
  }

  private rowsOf(topic: string): TopicRows {
    let rows = this.topics.get(topic);
    if (rows === undefined) {
      rows = { fence: 0, owner: undefined, leaseEndsAt: 0, checkpoints: new Map(), withheld: new Map() };
      this.topics.set(topic, rows);
    }
    return rows;
  }
}
