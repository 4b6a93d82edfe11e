import { expect, test } from '@jest/globals';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { LogWriter, QUICK_MEMBERSHIP, until } from '../conformance/index.js';
import { InMemoryEffects } from '../conformance/in-memory-effects.js';
import { InMemoryEventBus } from '../in-memory/in-memory-event-bus.js';

const EVENTS = 60;
const BATCH = 10;

test('a read model meets the next batch while one is being written, and writes each once and in order', async () => {
  const store = new InMemoryEventStore();
  const effects = new InMemoryEffects();
  const ids = await new LogWriter(store).write(
    'participant',
    Array.from({ length: EVENTS }, (_, person) => person),
  );
  let handled = 0;
  const bus = new InMemoryEventBus({ store, membership: QUICK_MEMBERSHIP, batches: { eventsMax: BATCH } });
  const subscription = await bus.subscribe({
    name: 'test.ahead',
    categories: ['participant'],
    isReadModel: true,
    handle: async ({ events }) => {
      handled += events.length;
      const through = handled;
      return async (transaction) => {
        await until('the next batch was handled', async () => handled > through || through === EVENTS);
        await effects.write(events)(transaction);
      };
    },
  });
  await until('the group is at the head', async () => (await subscription.progress()).lag === 0);
  await subscription.stop();
  expect((await effects.all()).map(({ eventId }) => eventId)).toEqual(ids);
});
