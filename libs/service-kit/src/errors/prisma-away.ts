import { asTransient } from '@poinciana/database';
import { TransientError } from '@poinciana/event-sourcing';

/** Prisma's codes for a database that cannot be reached, has no connection left, or got in its own way. */
const AWAY: ReadonlySet<string> = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2034', 'P2037']);

/** Whether Prisma says that the database is away for now. Known by its shape: the kit depends on no client of a service. */
export function isPrismaAway(error: unknown): boolean {
  if (!(error instanceof Error) || !error.name.startsWith('PrismaClient') || !('code' in error)) return false;
  return AWAY.has(String(error.code)) || asTransient(originOf(error)) instanceof TransientError;
}

/** What the driver said, in the driver's own words: Prisma keeps them with what it makes of them. */
function originOf(error: Error): Error {
  const adapterError = memberOf(memberOf(error, 'meta'), 'driverAdapterError');
  const cause = memberOf(adapterError, 'cause');
  const code = memberOf(cause, 'originalCode') ?? memberOf(cause, 'code');
  const message = memberOf(cause, 'originalMessage');
  return Object.assign(new Error(typeof message === 'string' ? message : ''), { code });
}

function memberOf(thing: unknown, name: string): unknown {
  return typeof thing === 'object' && thing !== null && name in thing ? Reflect.get(thing, name) : undefined;
}
