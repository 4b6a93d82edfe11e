import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../settings/secret.js';
import { createLog, type Log } from './log.js';
import { NestLog } from './nest-log.js';
import { REDACTED } from './redaction.js';

const PRIVATE = 'Ada-Lovelace-1815';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';

function captured(write: (log: Log) => void): readonly Record<string, unknown>[] {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  write(createLog({ service: 'demo', level: 'trace' }, sink));
  return lines
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** An error as PostgreSQL's driver throws it: with the row in its properties. */
function databaseError(): Error {
  return Object.assign(new Error('duplicate key value violates unique constraint "x"'), {
    code: '23505',
    detail: `Key (name)=(${PRIVATE}) already exists.`,
    where: PRIVATE,
    parameters: [PRIVATE],
  });
}

describe('the log', () => {
  it('writes one JSON object a line with level, time, service and message', () => {
    const [line] = captured((log) => log.info({ stream: 'campaign-1' }, 'Appended'));
    expect(line).toMatchObject({ level: 'info', service: 'demo', message: 'Appended', stream: 'campaign-1' });
    expect(line?.['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  const cyclic: Record<string, unknown> = { personal: PRIVATE };
  cyclic['itself'] = cyclic;

  it.each<[string, (log: Log) => void]>([
    ['personal values', (log) => log.info({ personal: { name: PRIVATE } }, 'x')],
    ['personal values anywhere', (log) => log.info({ batch: { events: [{ event: { personal: [PRIVATE] } }] } }, 'x')],
    ['personal values in a circle', (log) => log.info({ cyclic }, 'x')],
    ['an authorization header', (log) => log.info({ headers: { Authorization: `Basic ${PRIVATE}` } }, 'x')],
    ['cookies', (log) => log.info({ headers: { cookie: PRIVATE, 'set-cookie': [PRIVATE] } }, 'x')],
    [
      'passwords, secrets and tokens',
      (log) => log.info({ password: PRIVATE, secret: PRIVATE, access_token: PRIVATE, apiKey: PRIVATE }, 'x'),
    ],
    [
      'what is called a secret of some kind',
      (log) => log.info({ clientSecret: PRIVATE, sasl_password: PRIVATE, accessKey: PRIVATE, botToken: PRIVATE }, 'x'),
    ],
    ['a setting that is a secret', (log) => log.info({ value: new Secret(PRIVATE) }, 'x')],
    ['a token in a message', (log) => log.info(`Bearer ${TOKEN}`)],
    ['a token in a formatted message', (log) => log.info('used %s', TOKEN)],
    ['an object in a formatted message', (log) => log.info('used %o', { personal: PRIVATE })],
    ['a token in a property', (log) => log.info({ note: `got ${TOKEN}` }, 'x')],
    [
      'the password of an address',
      (log) => log.info({ url: `postgresql://someone:${PRIVATE}@db/x` }, `to postgresql://someone:${PRIVATE}@db/x`),
    ],
    ['the row in a database error', (log) => log.error({ err: databaseError() }, 'x')],
    ['a database error as the only argument', (log) => log.error(databaseError())],
    ['a database error as a cause', (log) => log.error({ err: new Error('outer', { cause: databaseError() }) }, 'x')],
    ['a map', (log) => log.info({ map: new Map([['personal', PRIVATE]]) }, 'x')],
    ['a child with bindings', (log) => log.child({ personal: PRIVATE }).info('x')],
    ['what Nest logs', (log) => new NestLog(log).log({ personal: PRIVATE }, 'Context')],
    ['an error that Nest logs', (log) => new NestLog(log).error(databaseError(), 'Context')],
  ])('never prints %s', (_, write) => {
    const lines = captured(write);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain(PRIVATE);
    expect(JSON.stringify(lines)).not.toContain(TOKEN);
  });

  it.each([
    ['a token', TOKEN, TOKEN],
    ['the password of an address', `postgresql://someone:${PRIVATE}@db/x`, PRIVATE],
  ])('prints no part of %s where a text is cut', (_, text, hidden) => {
    for (let kept = hidden.length - 1; kept > 5; kept -= 1) {
      const before = 8_000 - kept - text.indexOf(hidden);
      const [line] = captured((log) => log.info(`${'x'.repeat(before - 1)} ${text} and more`));
      expect(line?.['message']).toMatch(/^x+ .*\[redacted\]…$/);
      expect(line?.['message']).not.toContain(hidden.slice(0, 6));
    }
  });

  it('keeps the key of an event, which says whose it is', () => {
    const [line] = captured((log) => log.info({ key: 'person-1' }, 'x'));
    expect(line?.['key']).toBe('person-1');
  });

  it('keeps what an error is', () => {
    const [line] = captured((log) => log.error({ err: databaseError() }, 'x'));
    expect(line?.['err']).toMatchObject({
      type: 'Error',
      code: '23505',
      message: expect.stringContaining('duplicate'),
    });
    const [hidden] = captured((log) => log.info({ personal: PRIVATE }, 'x'));
    expect(hidden?.['personal']).toBe(REDACTED);
  });

  it('carries the context, level and stack of what Nest says', () => {
    const lines = captured((log) => {
      const nest = new NestLog(log);
      nest.log('Started', 'NestApplication');
      nest.error('Broken', 'at line 1', 'Controller');
      nest.verbose('Details', 'Context');
    });
    expect(lines).toMatchObject([
      { level: 'info', message: 'Started', context: 'NestApplication' },
      { level: 'error', message: 'Broken', context: 'Controller', details: ['at line 1'] },
      { level: 'trace', message: 'Details', context: 'Context' },
    ]);
  });
});
