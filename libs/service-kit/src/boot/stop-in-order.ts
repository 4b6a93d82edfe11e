import type { Pool } from 'pg';
import type { Log } from '../logs/log.js';
import type { Application } from './application.js';

/** How long each step of a stop may take before the next begins regardless. */
export const STOP_REQUESTS_MS = 10_000;
export const STOP_CONSUMERS_MS = 15_000;
export const STOP_POOLS_MS = 5_000;

/** Ends what `runServices` started, in the order that loses nothing. */
export interface OrderlyStop {
  /** From now on the application is to be stopped too. */
  owns(application: Application): void;
  run(): Promise<void>;
}

export function stopInOrder(log: Log, pools: ReadonlyMap<string, Pool>, stopping: { now: boolean }): OrderlyStop {
  let application: Application | undefined;
  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    stopping.now = true;
    const app = application;
    if (app !== undefined) {
      await within(
        log,
        'requests',
        STOP_REQUESTS_MS,
        () => app.stopRequests(),
        () => app.cutConnections(),
      );
      await within(log, 'consumers', STOP_CONSUMERS_MS, () => app.stopConsumers());
    }
    await within(log, 'pools', STOP_POOLS_MS, async () => {
      await Promise.all([...pools.values()].filter((pool) => !pool.ending).map((pool) => pool.end()));
    });
  };
  return {
    owns: (started) => {
      application = started;
    },
    run: () => (ended ??= end()),
  };
}

/** A step that fails or takes too long is logged and does not keep the others from being done. */
export async function within(
  log: Log,
  step: string,
  limitMs: number,
  work: () => Promise<void>,
  tooLong: () => void = () => undefined,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitMs);
  });
  try {
    const outcome = await Promise.race([work(), limit]);
    if (outcome !== 'late') return;
    log.warn({ step, limitMs }, 'A step of the stop took too long and was left behind');
    tooLong();
  } catch (error) {
    log.error({ err: error, step }, 'A step of the stop failed');
  } finally {
    clearTimeout(timer);
  }
}
