import { expect, test } from '@jest/globals';
import { SettingsError } from '@poinciana/service-kit';
import { kafkaConnection, kafkaSettings } from './kafka-settings.js';

const connectionOf = (environment: Record<string, string>) =>
  kafkaConnection(kafkaSettings.read(environment), 'some-service');

test('addresses are divided at commas', () => {
  expect(connectionOf({ POINCIANA_KAFKA_BROKERS: 'one:9092, two:9092,' })).toEqual({
    brokers: ['one:9092', 'two:9092'],
    clientId: 'some-service',
    ssl: false,
  });
  expect(connectionOf({}).brokers).toEqual([]);
});

test('a process says who it is by a mechanism, a name and a password', () => {
  const connection = connectionOf({
    POINCIANA_KAFKA_BROKERS: 'one:9092',
    POINCIANA_KAFKA_TLS: 'true',
    POINCIANA_KAFKA_SASL_MECHANISM: 'scram-sha-512',
    POINCIANA_KAFKA_USERNAME: 'poinciana',
    POINCIANA_KAFKA_PASSWORD: 'a password',
  });
  expect(connection.ssl).toBe(true);
  expect(connection.sasl).toEqual({ mechanism: 'scram-sha-512', username: 'poinciana', password: 'a password' });
});

test.each([
  [
    { POINCIANA_KAFKA_USERNAME: 'poinciana', POINCIANA_KAFKA_PASSWORD: 'a password' },
    ['POINCIANA_KAFKA_USERNAME', 'POINCIANA_KAFKA_PASSWORD'].map(
      (name) => `${name} is set and would not be used: POINCIANA_KAFKA_SASL_MECHANISM is none.`,
    ),
  ],
  [
    { POINCIANA_KAFKA_SASL_MECHANISM: 'plain', POINCIANA_KAFKA_USERNAME: 'poinciana' },
    ['POINCIANA_KAFKA_PASSWORD is missing: POINCIANA_KAFKA_SASL_MECHANISM is plain.'],
  ],
  [
    { POINCIANA_KAFKA_SASL_MECHANISM: 'plain', POINCIANA_KAFKA_PASSWORD: 'a password' },
    ['POINCIANA_KAFKA_USERNAME is missing: POINCIANA_KAFKA_SASL_MECHANISM is plain.'],
  ],
])('a name or a password that would not be used, or is missing, is refused: %o', (environment, problems) => {
  expect(() => connectionOf(environment)).toThrow(new SettingsError(problems));
});

test('a mechanism that is not known is refused, without the password', () => {
  const environment = { POINCIANA_KAFKA_SASL_MECHANISM: 'gssapi', POINCIANA_KAFKA_PASSWORD: 'a password' };
  expect(() => connectionOf(environment)).toThrow(SettingsError);
  expect(() => connectionOf(environment)).not.toThrow(/a password/);
});
