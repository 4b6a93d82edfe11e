export { CLAIM_LEAP } from './checkpoint-transaction.js';
export * from './log-event-bus.js';
export * from './migrations-folder.js';
export * from './postgres-checkpoint-store.js';
export * from './postgres-partition-leases.js';
