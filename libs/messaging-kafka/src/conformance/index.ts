export * from './relay-checkpoints-conformance.js';
