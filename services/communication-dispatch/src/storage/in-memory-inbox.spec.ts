import { inboxConformance } from './conformance/inbox-conformance.js';
import { InMemoryInbox } from './in-memory-inbox.js';

inboxConformance('in memory', async () => ({ inbox: new InMemoryInbox(), stop: async () => undefined }));
