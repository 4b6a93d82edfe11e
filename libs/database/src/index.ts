export * from './binary-array.js';
export * from './migrations.js';
export * from './pool.js';
export { withStatementTime } from './statement-time.js';
export * from './transaction.js';
export * from './transient.js';
