import type { StoredEvent } from '@poinciana/event-sourcing';
import type { BatchHandler, ConsumerGroup, Subscription } from '../event-bus.js';
import { CATEGORIES, LogWriter } from './log-writer.js';
import type { Effect, EventBusHarness, MemberSettings } from './event-bus-harness.js';
import { until } from './until.js';

export const GROUP = 'conformance.effects';

/** What a test does to a handler before it answers. */
export type BeforeHandling = (events: readonly StoredEvent[]) => Promise<void> | void;

/** Effects that should not be there. */
export interface Outcome {
  readonly doubled: readonly Effect[];
  readonly unexpected: readonly Effect[];
  readonly outOfOrder: readonly Effect[];
}

/** Every event had its effect once, in the order of its key, and nothing else had any. */
export const EACH_ONCE: Outcome = { doubled: [], unexpected: [], outOfOrder: [] };

/** One test's log, consumer and members. */
export class ConformanceRun<Transaction> {
  readonly writer: LogWriter;
  private readonly subscriptions: Subscription[] = [];

  constructor(readonly harness: EventBusHarness<Transaction>) {
    this.writer = new LogWriter(harness.store);
  }

  /** The group whose state is the effects. */
  group(
    before: BeforeHandling = () => undefined,
    name = GROUP,
    categories: readonly string[] = CATEGORIES,
  ): ConsumerGroup<Transaction> {
    const handle: BatchHandler<Transaction> = async ({ events }) => {
      await before(events);
      return this.harness.effects.write(events);
    };
    return { name, categories, handle };
  }

  /** Joins a new member. */
  async join(group: ConsumerGroup<Transaction> = this.group(), settings: MemberSettings = {}) {
    const member = this.harness.member(settings);
    const subscription = await member.bus.subscribe(group);
    this.subscriptions.push(subscription);
    return { member, subscription };
  }

  async effects(): Promise<readonly Effect[]> {
    return this.harness.effects.all();
  }

  /** Waits until every one of the events had its effect, and answers what else is to be said of them. */
  async outcomeOf(ids: readonly string[]): Promise<Outcome> {
    await until('every event had its effect', async () => {
      const seen = new Set((await this.effects()).map(({ eventId }) => eventId));
      return ids.every((id) => seen.has(id));
    });
    const effects = await this.effects();
    const seen = new Set<string>();
    const doubled = effects.filter(({ eventId }) => seen.has(eventId) || !seen.add(eventId));
    const expected = new Set(ids);
    return {
      doubled,
      unexpected: effects.filter(({ eventId }) => !expected.has(eventId)),
      outOfOrder: outOfOrder(effects),
    };
  }

  async atHead(subscription: Subscription): Promise<void> {
    await until('the group is at the head', async () => (await subscription.progress()).lag === 0);
  }

  async stop(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    await this.harness.stop();
  }
}

/** The effects that came behind a later one of the same key. */
function outOfOrder(effects: readonly Effect[]): readonly Effect[] {
  const last = new Map<string, number>();
  return effects.filter(({ key, position }) => {
    const isLate = position <= (last.get(key) ?? 0);
    last.set(key, Math.max(position, last.get(key) ?? 0));
    return isLate;
  });
}

export function people(count: number, from = 0): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
