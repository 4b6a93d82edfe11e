import { InMemoryTransaction } from '@poinciana/messaging';
import { sessionTimersConformance } from './conformance/session-timers-conformance.js';
import { InMemorySessionTimers } from './in-memory-session-timers.js';

sessionTimersConformance('in memory', async () => ({
  timers: new InMemorySessionTimers(),
  commit: async (write) => {
    const transaction = new InMemoryTransaction();
    await write(transaction);
    transaction.commit();
  },
  stop: async () => undefined,
}));
