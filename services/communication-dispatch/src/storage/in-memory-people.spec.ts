import { InMemoryTransaction } from '@poinciana/messaging';
import { peopleConformance } from './conformance/people-conformance.js';
import { InMemoryPeople } from './in-memory-people.js';

peopleConformance('in memory', async () => ({
  people: new InMemoryPeople(),
  commit: async (write) => {
    const transaction = new InMemoryTransaction();
    await write(transaction);
    transaction.commit();
  },
  stop: async () => undefined,
}));
