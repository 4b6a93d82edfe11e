import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from './secret.js';
import { checkSettings, describeSettings, NO_SETTINGS, SettingsError, specifySettings } from './specification.js';

const specification = specifySettings({
  port: {
    name: 'POINCIANA_PORT',
    type: 'integer',
    min: 0,
    max: 65_535,
    default: 3000,
    description: 'Where to listen.',
  },
  isVerbose: { name: 'POINCIANA_VERBOSE', type: 'switch', default: false, description: 'Whether to say more.' },
  level: {
    name: 'POINCIANA_LEVEL',
    type: 'choice',
    choices: ['low', 'high'],
    default: 'low',
    description: 'How much.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    type: 'url',
    protocols: ['postgresql:', 'postgres:'],
    secret: true,
    description: 'The database.',
  },
  tokenSecret: { name: 'POINCIANA_TOKEN_SECRET', type: 'secret', lengthMin: 32, description: 'What signs tokens.' },
  region: { name: 'POINCIANA_REGION', type: 'text', required: false, description: 'Where it runs.' },
});

const WHOLE = {
  DATABASE_URL: 'postgresql://someone:hunter2@db/poinciana',
  POINCIANA_TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
};

function problemsOf(work: () => void): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('are typed, with their defaults', () => {
    const settings = specification.read({
      ...WHOLE,
      POINCIANA_PORT: '8080',
      POINCIANA_VERBOSE: 'true',
      POINCIANA_LEVEL: 'high',
    });
    const port: number = settings.port;
    const level: 'low' | 'high' = settings.level;
    const region: string | undefined = settings.region;
    expect([port, settings.isVerbose, level, region]).toEqual([8080, true, 'high', undefined]);
    expect(specification.read(WHOLE)).toMatchObject({ port: 3000, isVerbose: false, level: 'low' });
    expect(settings.databaseUrl.reveal()).toBe(WHOLE.DATABASE_URL);
    expect(settings.tokenSecret).toBeInstanceOf(Secret);
  });

  it('name everything that is missing or wrong at once, and never a secret', () => {
    const environment = {
      DATABASE_URL: 'mysql://someone:hunter2@db/x',
      POINCIANA_TOKEN_SECRET: 'too-short-hunter2',
      POINCIANA_PORT: '70000',
      POINCIANA_VERBOSE: 'yes',
      POINCIANA_LEVEL: 'middle',
    };
    const problems = problemsOf(() => specification.read(environment));
    expect(problems).toEqual([
      'POINCIANA_PORT must be a whole number from 0 to 65535, not "70000".',
      'POINCIANA_VERBOSE must be true or false, not "yes".',
      'POINCIANA_LEVEL must be one of low, high, not "middle".',
      'DATABASE_URL must be an address that begins with postgresql:// or postgres://.',
      'POINCIANA_TOKEN_SECRET must have at least 32 characters.',
    ]);
    expect(problems.join()).not.toContain('hunter2');
    expect(problemsOf(() => specification.read({}))).toEqual([
      'DATABASE_URL is missing: The database.',
      'POINCIANA_TOKEN_SECRET is missing: What signs tokens.',
    ]);
  });

  it.each(['1.5', '1e3', '0x10', ' 5', '-1', '99999999999999999999', 'NaN'])('refuse %j as a port', (text) => {
    expect(problemsOf(() => specification.read({ ...WHOLE, POINCIANA_PORT: text }))).toHaveLength(1);
  });

  it('refuse names of ours that nobody knows, and leave those of others alone', () => {
    const environment = { ...WHOLE, POINCIANA_PROT: '1', PATH: '/bin', POINCIANA_OTHER: '1' };
    expect(problemsOf(() => checkSettings(environment, [specification, NO_SETTINGS]))).toEqual([
      'POINCIANA_PROT is not a setting of this process.',
      'POINCIANA_OTHER is not a setting of this process.',
    ]);
    expect(() => checkSettings(WHOLE, [specification])).not.toThrow();
  });

  it('say a problem once, however many parts share a setting', () => {
    expect(problemsOf(() => checkSettings({}, [specification, specification]))).toHaveLength(2);
  });

  it('can be listed, each once, without secrets', () => {
    const list = describeSettings([specification, specification]);
    expect(list.map(({ name }) => name)).toEqual([
      'DATABASE_URL',
      'POINCIANA_LEVEL',
      'POINCIANA_PORT',
      'POINCIANA_REGION',
      'POINCIANA_TOKEN_SECRET',
      'POINCIANA_VERBOSE',
    ]);
    expect(list[0]).toEqual({
      name: 'DATABASE_URL',
      type: 'url',
      required: true,
      secret: true,
      default: undefined,
      description: 'The database.',
    });
    expect(list[2]).toMatchObject({ required: false, secret: false, default: '3000' });
  });
});

describe('a secret', () => {
  it('shows itself only to whoever reveals it', () => {
    const secret = new Secret('hunter2');
    const shown = [
      String(secret),
      [secret].join(),
      JSON.stringify({ secret }),
      inspect({ secret }),
      inspect(secret),
    ].join();
    expect(shown).not.toContain('hunter2');
    expect(secret.reveal()).toBe('hunter2');
  });
});
