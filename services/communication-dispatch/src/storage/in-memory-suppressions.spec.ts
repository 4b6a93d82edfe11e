import { suppressionsConformance } from './conformance/suppressions-conformance.js';
import { InMemorySuppressions } from './in-memory-suppressions.js';

suppressionsConformance('in memory', async () => ({
  suppressions: new InMemorySuppressions(),
  stop: async () => undefined,
}));
