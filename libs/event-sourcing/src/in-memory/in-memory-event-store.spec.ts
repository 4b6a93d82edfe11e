import { eventStoreConformance } from '../conformance/index.js';
import { InMemoryEventStore } from './in-memory-event-store.js';

eventStoreConformance('InMemoryEventStore', async () => {
  const store = new InMemoryEventStore();
  return { store, other: store, stop: async () => undefined };
});
