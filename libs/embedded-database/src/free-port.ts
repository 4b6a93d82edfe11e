import { randomInt } from 'node:crypto';
import getPort from 'get-port';

/**
 * Below those that Linux gives out by itself, to whoever connects or listens without naming one: a server that is started again finds its
 * port free.
 */
const FIRST_PORT = 10_000;
const LAST_PORT = 32_767;
const TRIES_MAX = 100;

/** A port on the loopback interface that is free at this moment; somebody may take it before it is used. */
export function freePort(): Promise<number> {
  const port = Array.from({ length: TRIES_MAX }, () => randomInt(FIRST_PORT, LAST_PORT + 1));
  return getPort({ host: '127.0.0.1', port });
}
