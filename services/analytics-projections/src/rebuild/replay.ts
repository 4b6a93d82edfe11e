import type { EventStore, Position } from '@poinciana/event-sourcing';
import type { ConsumerGroup, ReportToWatcher, Subscription } from '@poinciana/messaging';
import { LogEventBus } from '@poinciana/messaging-log';
import type { Pool, PoolClient } from 'pg';

/** Nobody else fills the schema, so after a kill nobody's lease is worth waiting for. */
const MEMBERSHIP = { leaseMs: 3_000, heartbeatMs: 250 };

export interface GroupReplay {
  readonly group: string;
  /** Everything of the log up to this number is in the tables. */
  readonly position: number;
  /** The last number of the log, or that up to which it is replayed. */
  readonly head: number;
  readonly deadLetters: number;
}

/**
 * The consumer groups of the service once more, over the log itself and into another schema: checkpoints, dead letters and
 * retries are those of the bus, so it goes on after a kill where it was.
 */
export class Replay {
  private constructor(private readonly subscriptions: readonly Subscription[]) {}

  static async start(
    store: EventStore,
    pool: Pool,
    groups: readonly ConsumerGroup<PoolClient>[],
    report: ReportToWatcher,
  ): Promise<Replay> {
    const bus = new LogEventBus({ store, pool, membership: MEMBERSHIP, report });
    const subscriptions: Subscription[] = [];
    for (const group of groups) subscriptions.push(await bus.subscribe(group));
    return new Replay(subscriptions);
  }

  async progress(): Promise<readonly GroupReplay[]> {
    return Promise.all(
      this.subscriptions.map(async (subscription) => {
        const [{ position, lag }, { events }] = await Promise.all([
          subscription.progress(),
          subscription.deadLetters.count(),
        ]);
        return {
          group: subscription.group,
          position: position.number,
          head: position.number + lag,
          deadLetters: events,
        };
      }),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
  }
}

/** The same log, as if it ended at a position. Only what readers of the log need is cut. */
export function logUpTo(store: EventStore, end: Position): EventStore {
  return {
    append: (writes) => store.append(writes),
    readTails: (tails, limit) => store.readTails(tails, limit),
    readLast: (streams) => store.readLast(streams),
    readLog: async (after, limit) => {
      if (after.number >= end.number) return [];
      const page = await store.readLog(after, limit);
      return (page.at(-1)?.position.number ?? 0) <= end.number
        ? page
        : page.filter(({ position }) => position.number <= end.number);
    },
    head: async (shard) => {
      const head = await store.head(shard);
      return head.number <= end.number ? head : end;
    },
    redact: (streams) => store.redact(streams),
    onAppended: (listener) => store.onAppended(listener),
  };
}
