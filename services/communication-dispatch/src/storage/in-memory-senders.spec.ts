import { sendersConformance } from './conformance/senders-conformance.js';
import { InMemorySenders } from './in-memory-senders.js';

sendersConformance('in memory', async () => new InMemorySenders());
