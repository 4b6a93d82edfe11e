export * from './published-log.js';
