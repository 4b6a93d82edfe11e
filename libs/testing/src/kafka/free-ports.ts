import { randomInt } from 'node:crypto';
import getPort from 'get-port';

/**
 * Below those that Linux gives out by itself, to whoever connects or listens without naming one: what is only taken seconds later, or left for a
 * while and taken again, is still free then.
 */
const FIRST_PORT = 10_000;
const LAST_PORT = 32_767;
const TRIES_MAX = 100;

/** Ports of the loopback interface that are free at this moment and that nobody is given by chance, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = Array.from({ length: TRIES_MAX }, () => randomInt(FIRST_PORT, LAST_PORT + 1));
    // It gives no port twice to one process.
    ports.push(await getPort({ host: '127.0.0.1', port }));
  }
  return ports;
}
