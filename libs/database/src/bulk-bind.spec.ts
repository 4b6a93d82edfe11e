import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { sendBulksUncopied } from './bulk-bind.js';

type Config = Parameters<pg.Connection['bind']>[0];

const bulk = fc.integer({ min: 4_096, max: 20_000 }).map((bytes) => Buffer.alloc(bytes, bytes % 256));
const value = fc.oneof(
  bulk,
  fc.constant(Buffer.alloc(0)),
  fc.constant(null),
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);
const config = fc.record({
  portal: fc.constantFrom('', 'portal'),
  statement: fc.constantFrom('', 'dispatch-put-timers', 'ά'),
  values: fc.array(value, { maxLength: 24 }),
});

function sent(given: Config, prepare: (connection: pg.Connection) => void): Buffer[] {
  const stream = new PassThrough();
  const connection = new pg.Connection({ stream: () => stream });
  prepare(connection);
  const pieces: Buffer[] = [];
  stream.write = (piece: unknown) => pieces.push(piece as Buffer) > 0;
  connection.bind(given, false);
  return pieces;
}

describe('a bulk that is sent uncopied', () => {
  it('is on the wire what pg would have written', () => {
    fc.assert(
      fc.property(config, (given) => {
        const asPg = Buffer.concat(sent(given, () => undefined));
        expect(Buffer.concat(sent(given, sendBulksUncopied)).equals(asPg)).toBe(true);
      }),
    );
  });

  it('is the buffer that was given', () => {
    const large = Buffer.alloc(100_000);
    const values = [Buffer.alloc(10), large, 'text'];
    expect(sent({ values }, sendBulksUncopied)).toContain(large);
    expect(sent({ values: [Buffer.alloc(10), 'text'] }, sendBulksUncopied)).toHaveLength(1);
  });

  it('leaves no half of a message behind where a value cannot be sent', () => {
    const stream = new PassThrough();
    const connection = new pg.Connection({ stream: () => stream });
    sendBulksUncopied(connection);
    const valueMapper = (): never => {
      throw new TypeError('Not a value');
    };
    expect(() => connection.bind({ values: [Buffer.alloc(5_000)], valueMapper }, false)).toThrow('Not a value');
    expect(stream.readableLength).toBe(0);
  });
});
