export { applyEventLogMigrations, EVENT_LOG_SCHEMA } from './event-log-schema.js';
export { PostgresEventStore, type PostgresEventStoreSettings } from './postgres-event-store.js';
