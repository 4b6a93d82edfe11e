export * from './decider.js';
export * from './derived-id.js';
export * from './errors.js';
export * from './event.js';
export * from './event-store.js';
export * from './position.js';
export * from './stream-name.js';
