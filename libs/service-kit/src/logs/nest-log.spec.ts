import { beforeEach, describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { createLog } from './log.js';
import { NestLog } from './nest-log.js';

describe('what is said through Nest', () => {
  let lines: Record<string, unknown>[];
  let log: NestLog;

  beforeEach(() => {
    lines = [];
    const destination = new Writable({
      write: (line: Buffer, _, done) => {
        lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
        done();
      },
    });
    log = new NestLog(createLog({ service: 'demo', level: 'trace' }, destination));
  });

  it('is a sentence of a context', () => {
    log.log('Begun', 'dispatch');
    expect(lines).toMatchObject([{ level: 'info', message: 'Begun', context: 'dispatch' }]);
  });

  it('is fields and their sentence', () => {
    log.warn({ channelId: 'c', err: new TypeError('away') }, 'Nothing came', 'dispatch');
    expect(lines).toMatchObject([
      { level: 'warn', message: 'Nothing came', context: 'dispatch', channelId: 'c', err: { type: 'TypeError' } },
    ]);
    expect(Object.keys(lines[0] ?? {})).not.toEqual(expect.arrayContaining(['content']));
  });

  it('is fields alone, and never a value that no line may hold', () => {
    log.error({ personal: { name: 'Ada' }, id: 7 }, 'dispatch');
    expect(lines).toMatchObject([{ level: 'error', id: 7, context: 'dispatch' }]);
    expect(JSON.stringify(lines)).not.toContain('Ada');
  });

  it('is an error, with what Nest says besides', () => {
    log.error(new TypeError('broken'), 'more', 'dispatch');
    expect(lines).toMatchObject([{ message: 'broken', context: 'dispatch', details: ['more'], err: {} }]);
  });
});
