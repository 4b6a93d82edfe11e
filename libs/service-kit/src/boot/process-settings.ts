import { TOKEN_SECRET_LENGTH_MIN, type TokenRules } from '../auth/tokens.js';
import { BODY_BYTES_MAX } from '../http/http-server.js';
import { LOG_LEVELS } from '../logs/log.js';
import { specifySettings, type SettingsOf } from '../settings/specification.js';

/** How tokens are signed and checked; the same for every service of an installation. */
export const tokenSettings = specifySettings({
  secret: {
    name: 'POINCIANA_TOKEN_SECRET',
    type: 'secret',
    lengthMin: TOKEN_SECRET_LENGTH_MIN,
    description: 'What bearer tokens are signed with (HS256).',
  },
  issuer: {
    name: 'POINCIANA_TOKEN_ISSUER',
    type: 'text',
    default: 'poinciana',
    description: 'Who signs bearer tokens.',
  },
  audience: {
    name: 'POINCIANA_TOKEN_AUDIENCE',
    type: 'text',
    default: 'poinciana',
    description: 'Whom bearer tokens are for.',
  },
});

/** The rules that these settings are: the type check is the test. */
export const tokenRulesOf = (settings: SettingsOf<typeof tokenSettings>): TokenRules => settings;

/** What every process of a service is told, whatever the service is. */
export const processSettings = specifySettings({
  databaseUrl: {
    name: 'DATABASE_URL',
    type: 'url',
    protocols: ['postgresql:', 'postgres:'],
    secret: true,
    description: 'The PostgreSQL database, with user and password.',
  },
  databaseConnectionsMax: {
    name: 'POINCIANA_DATABASE_CONNECTIONS_MAX',
    type: 'integer',
    min: 2,
    max: 1_000,
    default: 10,
    description: 'How many connections a service opens to its own schema at most.',
  },
  host: { name: 'POINCIANA_HTTP_HOST', type: 'text', default: '0.0.0.0', description: 'The address to listen on.' },
  port: {
    name: 'POINCIANA_HTTP_PORT',
    type: 'integer',
    min: 0,
    max: 65_535,
    default: 3000,
    description: 'The port to listen on; 0 for any that is free.',
  },
  bodyBytesMax: {
    name: 'POINCIANA_HTTP_BODY_BYTES_MAX',
    type: 'integer',
    min: 1_024,
    max: 64 * 1024 * 1024,
    default: BODY_BYTES_MAX,
    description: 'How many bytes the body of a request has at most.',
  },
  logLevel: {
    name: 'POINCIANA_LOG_LEVEL',
    type: 'choice',
    choices: LOG_LEVELS,
    default: 'info',
    description: 'What is logged.',
  },
});
