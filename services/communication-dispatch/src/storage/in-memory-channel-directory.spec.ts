import { InMemoryTransaction } from '@poinciana/messaging';
import { channelDirectoryConformance } from './conformance/channel-directory-conformance.js';
import { InMemoryChannelDirectory } from './in-memory-channel-directory.js';

channelDirectoryConformance('in memory', async () => ({
  directory: new InMemoryChannelDirectory(),
  commit: async (write) => {
    const transaction = new InMemoryTransaction();
    await write(transaction);
    transaction.commit();
  },
  stop: async () => undefined,
}));
