import { describe, expect, it } from '@jest/globals';
import { isPrismaAway } from './prisma-away.js';
import { refusalOf } from './refusal.js';

/** An error as Prisma makes it of what the driver said. */
function prismaError(code: string, cause: object, name = 'PrismaClientKnownRequestError'): Error {
  const driverAdapterError = Object.assign(new Error('DriverAdapterError'), { cause });
  return Object.assign(new Error('Invalid invocation'), { name, code, meta: { driverAdapterError } });
}

const postgres = (originalCode: string): object => ({
  kind: 'postgres',
  originalCode,
  originalMessage: 'What the database said',
});

describe('what Prisma says of a database', () => {
  it.each([
    ['that cannot be reached', prismaError('P1001', { kind: 'DatabaseNotReachable' })],
    ['that closed the connection', prismaError('P1017', { kind: 'ConnectionClosed' })],
    ['that has no connection left', prismaError('P2024', {})],
    ['that is shutting down', prismaError('P2039', postgres('57P01'))],
    ['that is starting', prismaError('P2039', postgres('57P03'))],
    ['that met a deadlock', prismaError('P2039', postgres('40P01'))],
    ['that broke the connection', prismaError('P2039', postgres('ECONNRESET'))],
  ])('%s is answered with 503', (_, error) => {
    expect(refusalOf(error)).toMatchObject({ status: 503, code: 'unavailable' });
  });

  it.each([
    ['that knows no such column', prismaError('P2022', postgres('42703'))],
    ['that holds the row already', prismaError('P2002', postgres('23505'))],
    ['that was asked nonsense', prismaError('P2039', postgres('42601'))],
    ['and nothing else', prismaError('P2039', {})],
    ['by the same code, but is not Prisma', prismaError('P1001', {}, 'Error')],
  ])('%s is a bug', (_, error) => {
    expect(refusalOf(error).status).toBe(500);
  });

  it('is nothing where nobody says anything', () => {
    expect([undefined, null, 'P1001', {}, new Error('P1001')].map(isPrismaAway)).toEqual(Array(5).fill(false));
  });
});
