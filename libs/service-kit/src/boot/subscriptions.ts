import { TransientError } from '@poinciana/event-sourcing';
import type { ConsumerGroup, EventBus, GroupProgress, Subscription } from '@poinciana/messaging';
import type { Readers } from '../positions/pace.js';
import type { ProgressSource } from '../positions/wait-for-position.js';

/** Every membership of this process in a consumer group, for health, metrics and reads that wait. */
export class Subscriptions implements ProgressSource, Readers {
  private readonly byGroup = new Map<string, Subscription>();
  private readonly underWay = new Map<string, Promise<GroupProgress>>();

  /** A bus that does the same and lets us remember who subscribed. */
  remembering<Transaction>(bus: EventBus<Transaction>): EventBus<Transaction> {
    return {
      subscribe: async (group: ConsumerGroup<Transaction>) => {
        const subscription = await bus.subscribe(group);
        this.byGroup.set(group.name, subscription);
        return subscription;
      },
    };
  }

  groups(): readonly string[] {
    return [...this.byGroup.keys()].sort();
  }

  all(): readonly (readonly [string, Subscription])[] {
    return [...this.byGroup.entries()];
  }

  /** Where the member stands that is furthest behind; undefined when none is at work. */
  slowest(): number | undefined {
    const places = [...this.byGroup.values()].flatMap(({ handledTo }) => handledTo?.number ?? []);
    return places.length === 0 ? undefined : Math.min(...places);
  }

  /** Those who ask while an answer is under way share it, however many readers wait. */
  progressOf(group: string): Promise<GroupProgress> {
    const shared = this.underWay.get(group);
    if (shared !== undefined) return shared;
    const subscription = this.byGroup.get(group);
    if (subscription === undefined) throw new TransientError(`This process has no member of the group ${group} yet`);
    const asked = subscription.progress().finally(() => this.underWay.delete(group));
    this.underWay.set(group, asked);
    return asked;
  }
}
