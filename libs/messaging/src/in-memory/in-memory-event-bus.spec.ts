import { InMemoryEventStore } from '@poinciana/event-sourcing';
import {
  CountingEventStore,
  eventBusConformance,
  FrozenMember,
  QUICK_MEMBERSHIP,
  QUICK_PROCESSING,
} from '../conformance/index.js';
import { InMemoryEffects } from '../conformance/in-memory-effects.js';
import { LeasedLogBus } from '../reading/leased-log-bus.js';
import { InMemoryCheckpointStore } from './in-memory-checkpoint-store.js';
import { InMemoryGroups } from './in-memory-groups.js';
import { InMemoryPartitionLeases } from './in-memory-partition-leases.js';

eventBusConformance('The in-memory bus', async () => {
  const store = new CountingEventStore(new InMemoryEventStore());
  const groups = new InMemoryGroups();
  return {
    store,
    effects: new InMemoryEffects(),
    eventsRead: () => store.eventsRead,
    stop: async () => undefined,
    member: ({ batchEventsMax = 5_000, batchBytesMax = 8_000_000, processing, atStep } = {}) => {
      const frozen = new FrozenMember();
      const bus = new LeasedLogBus({
        store,
        checkpoints: new InMemoryCheckpointStore(groups),
        leases: frozen.leases(new InMemoryPartitionLeases(groups)),
        membership: QUICK_MEMBERSHIP,
        batches: { eventsMax: batchEventsMax, bytesMax: batchBytesMax },
        processing: { ...QUICK_PROCESSING, ...processing },
        atStep: frozen.atStep(atStep),
      });
      return { bus, freeze: () => frozen.freeze(), thaw: () => frozen.thaw() };
    },
  };
});
