import { expect, test } from '@jest/globals';
import { InMemoryEventStore, TransientError } from '@poinciana/event-sourcing';
import type { CheckpointCommit } from '../checkpoint-store.js';
import { LogWriter, QUICK_MEMBERSHIP, QUICK_PROCESSING, until } from '../conformance/index.js';
import { InMemoryEffects } from '../conformance/in-memory-effects.js';
import { InMemoryCheckpointStore } from '../in-memory/in-memory-checkpoint-store.js';
import { InMemoryGroups } from '../in-memory/in-memory-groups.js';
import { InMemoryPartitionLeases } from '../in-memory/in-memory-partition-leases.js';
import type { InMemoryTransaction } from '../in-memory/in-memory-transaction.js';
import { LeasedLogBus } from '../reading/leased-log-bus.js';

/** A database whose connection breaks behind every third commit, before the answer arrives. */
class AnswerLosingStore extends InMemoryCheckpointStore {
  lost = 0;
  private commits = 0;

  override async commit(commit: CheckpointCommit<InMemoryTransaction>): Promise<void> {
    await super.commit(commit);
    if (++this.commits % 3 !== 0) return;
    this.lost++;
    throw new TransientError('The connection broke during the commit');
  }
}

test.each([false, true])(
  'a commit whose answer was lost is not repeated, also while a batch is being divided (of a read model: %s)',
  async (isReadModel) => {
    const store = new InMemoryEventStore();
    const groups = new InMemoryGroups();
    const checkpoints = new AnswerLosingStore(groups);
    const leases = new InMemoryPartitionLeases(groups);
    const effects = new InMemoryEffects();
    const [poison = '', ...others] = await new LogWriter(store).write(
      'participant',
      Array.from({ length: 200 }, (_, person) => person),
    );
    const stale: unknown[] = [];
    const bus = new LeasedLogBus({
      store,
      checkpoints,
      leases,
      membership: QUICK_MEMBERSHIP,
      processing: QUICK_PROCESSING,
      batches: { eventsMax: 25 },
      report: (report) => report.kind === 'stale' && stale.push(report.error),
    });
    const subscription = await bus.subscribe({
      name: 'test.lost-answers',
      categories: ['participant'],
      isReadModel,
      handle: async ({ events }) => {
        if (events.some(({ id }) => id === poison)) throw new TypeError('poison');
        return effects.write(events);
      },
    });
    await until('the group is at the head', async () => (await subscription.progress()).lag === 0);
    await subscription.stop();
    expect((await effects.all()).map(({ eventId }) => eventId).sort()).toEqual([...others].sort());
    expect((await subscription.deadLetters.list()).map(({ eventId }) => eventId)).toEqual([poison]);
    expect(checkpoints.lost).toBeGreaterThan(2);
    expect(stale.length).toBeGreaterThan(2);
  },
);
