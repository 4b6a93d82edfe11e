import { expect, test } from '@jest/globals';
import { createPool } from '@poinciana/database';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { KafkaEventBus } from '@poinciana/messaging-kafka';
import { LogEventBus } from '@poinciana/messaging-log';
import { NO_SETTINGS, SettingsError, type Environment } from '@poinciana/service-kit';
import { adapters } from './adapters.js';

/** A pool connects when it is first used, which is never here. */
function busOf(environment: Environment) {
  const pool = createPool({
    url: 'postgresql://nobody@127.0.0.1:1/none',
    schema: 'none',
    max: 1,
    applicationName: 'spec',
  });
  const definition = {
    name: 'some-service',
    description: 'Some service',
    prefix: 'some',
    schema: 'none',
    migrations: 'none',
    settings: NO_SETTINGS,
    module: () => ({ module: Object }),
  };
  return adapters.busOf({
    definition,
    pool,
    report: () => undefined,
    eventStore: new InMemoryEventStore(),
    environment,
  });
}

test('the bus is the log unless Kafka is asked for', () => {
  expect(busOf({})).toBeInstanceOf(LogEventBus);
  expect(busOf({ POINCIANA_BUS: 'log', POINCIANA_KAFKA_BROKERS: 'one:9092' })).toBeInstanceOf(LogEventBus);
  expect(busOf({ POINCIANA_BUS: 'kafka', POINCIANA_KAFKA_BROKERS: 'one:9092' })).toBeInstanceOf(KafkaEventBus);
});

test('Kafka without an address is refused', () => {
  expect(() => busOf({ POINCIANA_BUS: 'kafka' })).toThrow(
    new SettingsError(['POINCIANA_KAFKA_BROKERS is missing: POINCIANA_BUS is kafka.']),
  );
});
