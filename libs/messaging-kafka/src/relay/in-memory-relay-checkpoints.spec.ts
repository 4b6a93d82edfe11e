import { relayCheckpointsConformance } from '../conformance/index.js';
import { InMemoryRelayCheckpoints } from './in-memory-relay-checkpoints.js';

relayCheckpointsConformance('Memory', async () => new InMemoryRelayCheckpoints());
