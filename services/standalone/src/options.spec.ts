import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { UsageError, readOptions } from './options.js';

describe('the options of standalone', () => {
  it('have sensible values when nothing is said', () => {
    expect(readOptions([], {})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('.poinciana'),
      reset: false,
      demo: true,
      databaseUrl: undefined,
      testClock: undefined,
    });
  });

  it('are taken as they are said', () => {
    const said = [
      '--port',
      '0',
      '--data-dir',
      '/data',
      '--reset',
      '--no-demo',
      '--test-clock',
      '2026-03-01T09:00:00+01:00',
    ];
    expect(readOptions(said, {})).toMatchObject({
      port: 0,
      dataDir: '/data',
      reset: true,
      demo: false,
      testClock: new Date('2026-03-01T08:00:00Z'),
    });
  });

  it('answer with nothing when help is asked for', () => {
    expect(readOptions(['--help'], {})).toBeUndefined();
  });

  it('take the database from the environment unless one is named', () => {
    const environment = { DATABASE_URL: 'postgresql://one/a' };
    expect(readOptions([], environment)?.databaseUrl).toBe('postgresql://one/a');
    expect(readOptions(['--database-url', 'postgres://two/b'], environment)?.databaseUrl).toBe('postgres://two/b');
  });

  it.each([
    [['--port', '65536'], 'The port "65536" is not a number from 0 to 65535.'],
    [['--port', 'http'], 'The port "http" is not a number from 0 to 65535.'],
    [['--test-clock', 'yesterday'], 'The instant "yesterday" is not of the form 2026-03-01T09:00:00Z.'],
    [
      ['--test-clock', '2026-03-01T09:00:00'],
      'The instant "2026-03-01T09:00:00" is not of the form 2026-03-01T09:00:00Z.',
    ],
    [
      ['--database-url', 'mysql://a/b'],
      'The database URL is not of the form postgresql://user:password@host:5432/database.',
    ],
    [
      ['--reset', '--database-url', 'postgresql://a/b'],
      '--reset only empties the embedded database; empty the one you named yourself.',
    ],
    [['--prot', '1'], `Unknown option '--prot'. See npm start -- --help.`],
    [['now'], `Unexpected argument 'now'. See npm start -- --help.`],
  ])('%j are refused in one sentence', (said, sentence) => {
    expect(() => readOptions(said, {})).toThrow(new UsageError(sentence));
  });
});
