export * from './counting-event-store.js';
export * from './event-bus-conformance.js';
export * from './event-bus-harness.js';
export * from './frozen-member.js';
export * from './log-writer.js';
export * from './until.js';
