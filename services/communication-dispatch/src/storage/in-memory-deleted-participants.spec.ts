import { InMemoryTransaction } from '@poinciana/messaging';
import { deletedParticipantsConformance } from './conformance/deleted-participants-conformance.js';
import { InMemoryDeletedParticipants } from './in-memory-deleted-participants.js';

deletedParticipantsConformance('in memory', async () => ({
  deleted: new InMemoryDeletedParticipants(),
  commit: async (write) => {
    const transaction = new InMemoryTransaction();
    await write(transaction);
    transaction.commit();
  },
  stop: async () => undefined,
}));
