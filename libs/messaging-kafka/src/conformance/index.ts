export * from '../testing/published-log.js';
export * from './relay-checkpoints-conformance.js';
export * from './record-checkpoints-conformance.js';
