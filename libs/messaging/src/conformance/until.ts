import { setTimeout as sleep } from 'node:timers/promises';

const LOOKS_MAX = 3_000;
const LOOK_PAUSE_MS = 20;

/** Waits until something holds; a bound against hanging (a minute), no assertion on time. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    if (await holds()) return;
    await sleep(LOOK_PAUSE_MS);
  }
  throw new Error(`Waited in vain until ${what}`);
}
