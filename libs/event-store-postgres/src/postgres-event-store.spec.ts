import { eventStoreConformance } from '@poinciana/event-sourcing/conformance';
import { startPostgresStore } from '../test/postgres-store.js';

eventStoreConformance('PostgresEventStore', startPostgresStore);
