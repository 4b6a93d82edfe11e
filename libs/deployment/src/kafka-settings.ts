import type { KafkaConnection } from '@poinciana/messaging-kafka';
import { SettingsError, specifySettings, type Setting, type SettingsOf } from '@poinciana/service-kit';

/** How the brokers are reached, to be part of a specification. */
export const kafkaEntries = {
  brokers: {
    name: 'POINCIANA_KAFKA_BROKERS',
    type: 'text',
    required: false,
    description: 'The addresses of Kafka brokers, host:port, separated by commas; several, so that one may be down.',
  },
  tls: {
    name: 'POINCIANA_KAFKA_TLS',
    type: 'switch',
    default: false,
    description: 'Whether connections to the brokers are encrypted.',
  },
  mechanism: {
    name: 'POINCIANA_KAFKA_SASL_MECHANISM',
    type: 'choice',
    choices: ['none', 'plain', 'scram-sha-256', 'scram-sha-512'],
    default: 'none',
    description: 'How the process says to the brokers who it is.',
  },
  username: {
    name: 'POINCIANA_KAFKA_USERNAME',
    type: 'text',
    required: false,
    description: 'Its name, where a mechanism is set.',
  },
  password: {
    name: 'POINCIANA_KAFKA_PASSWORD',
    type: 'secret',
    lengthMin: 1,
    required: false,
    description: 'Its password, where a mechanism is set.',
  },
} as const satisfies Readonly<Record<string, Setting>>;

export const kafkaSettings = specifySettings(kafkaEntries);

/**
 * `brokers` is checked by whoever needs them. Throws `SettingsError` where a name or a password would not be used, or is missing: the
 * process would be somebody else to the brokers than it was told to be.
 */
export function kafkaConnection(settings: SettingsOf<typeof kafkaSettings>, clientId: string): KafkaConnection {
  const { brokers = '', tls, mechanism, username = '', password } = settings;
  checkCredentials(settings);
  const connection = {
    brokers: brokers
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== ''),
    clientId,
    ssl: tls,
  };
  const secret = { username, password: password?.reveal() ?? '' };
  switch (mechanism) {
    case 'none':
      return connection;
    case 'plain':
      return { ...connection, sasl: { mechanism, ...secret } };
    case 'scram-sha-256':
      return { ...connection, sasl: { mechanism, ...secret } };
    case 'scram-sha-512':
      return { ...connection, sasl: { mechanism, ...secret } };
  }
}

function checkCredentials({ mechanism, username, password }: SettingsOf<typeof kafkaSettings>): void {
  const isUsed = mechanism !== 'none';
  const given = [
    { name: kafkaEntries.username.name, isGiven: username !== undefined },
    { name: kafkaEntries.password.name, isGiven: password !== undefined },
  ];
  const wrong = given.filter(({ isGiven }) => isGiven !== isUsed);
  if (wrong.length === 0) return;
  const what = isUsed ? 'is missing' : 'is set and would not be used';
  throw new SettingsError(wrong.map(({ name }) => `${name} ${what}: ${kafkaEntries.mechanism.name} is ${mechanism}.`));
}
