import { packageFolder, type ServiceDefinition } from '@poinciana/service-kit';
import { EventRelayModule } from './event-relay.module.js';
import { relaySettings, type RelaySettings } from './settings.js';

export { PostgresRelayCheckpoints } from './storage/postgres-relay-checkpoints.js';

/** Brings the event log to Kafka. */
export const eventRelay: ServiceDefinition<RelaySettings> = {
  name: 'event-relay',
  description: 'Brings the event log to Kafka',
  prefix: 'relay',
  schema: 'event_relay',
  migrations: packageFolder(import.meta.url, 'migrations'),
  settings: relaySettings,
  module: (ports) => EventRelayModule.of(ports),
};
