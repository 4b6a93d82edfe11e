import { expect, test } from '@jest/globals';
import { InMemoryEventStore, START } from '@poinciana/event-sourcing';
import { people } from '../conformance/conformance-run.js';
import { LogWriter, QUICK_MEMBERSHIP, until } from '../conformance/index.js';
import { InMemoryEventBus } from '../in-memory/in-memory-event-bus.js';
import { InMemoryGroups } from '../in-memory/in-memory-groups.js';

const GROUP = 'test.taken-back';

test('what a crash of the database took back of some partitions is done again, and nothing else, while the log is quiet', async () => {
  const store = new InMemoryEventStore();
  const groups = new InMemoryGroups();
  const ids = await new LogWriter(store).write('participant', people(60));
  const handled: string[] = [];
  const bus = new InMemoryEventBus({ store, groups, membership: QUICK_MEMBERSHIP });
  const subscription = await bus.subscribe({
    name: GROUP,
    categories: ['participant'],
    isReadModel: true,
    handle: async ({ events }) => void handled.push(...events.map(({ id }) => id)),
  });
  await until('the group is at the head', async () => (await subscription.progress()).lag === 0);
  expect(handled.toSorted()).toEqual(ids.toSorted());
  await groups.inTurn(() => {
    for (const partition of [1, 4]) Object.assign(groups.partitionOf(GROUP, partition), { position: START, fence: 1 });
  });
  await until('the group is at the head again', async () => (await subscription.progress()).lag === 0);
  const again = handled.slice(ids.length);
  expect(again.length).toBeGreaterThan(0);
  expect(again.length).toBeLessThan(ids.length);
  expect(new Set(again).size).toBe(again.length);
  await subscription.stop();
});
