import { InMemoryTransaction } from '@poinciana/messaging';
import { failedCommunicationsConformance } from './conformance/failed-communications-conformance.js';
import { InMemoryFailedCommunications } from './in-memory-failed-communications.js';

failedCommunicationsConformance('in memory', async () => ({
  failed: new InMemoryFailedCommunications(),
  commit: async (write) => {
    const transaction = new InMemoryTransaction();
    await write(transaction);
    transaction.commit();
  },
  stop: async () => undefined,
}));
