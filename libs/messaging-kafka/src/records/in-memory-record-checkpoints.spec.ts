import { recordCheckpointsConformance } from '../conformance/record-checkpoints-conformance.js';
import { InMemoryRecordCheckpoints } from './in-memory-record-checkpoints.js';

recordCheckpointsConformance('Memory', async () => {
  const checkpoints = new InMemoryRecordCheckpoints();
  return { checkpoints, deadLetters: async (topic) => checkpoints.deadLettersOf(topic) };
});
