import { InMemoryTransaction } from '@poinciana/messaging';
import { InMemoryTimers } from './in-memory-timers.js';
import { timersConformance } from './conformance/timers-conformance.js';

timersConformance('in memory', async () => ({
  timers: new InMemoryTimers(),
  commit: async (write) => {
    const transaction = new InMemoryTransaction();
    await write(transaction);
    transaction.commit();
  },
  stop: async () => undefined,
}));
