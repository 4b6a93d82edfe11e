export * from './deep-freeze.js';
export * from './given.js';
export * from './under-all-cuts.js';
