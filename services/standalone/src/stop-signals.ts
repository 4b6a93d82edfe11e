/** A signal that comes this soon after the first is the same one: npm passes on what the terminal has already sent to all. */
const sameSignalWithinMs = 1_000;
const forcedExitCode = 130;

/**
 * Calls `stop` at the first SIGINT, SIGTERM or SIGHUP; the process ends when it is done. Somebody who asks again does not
 * want to wait: the process ends at once, the database by its guard, and the next start recovers.
 */
export function stopOnSignals(stop: (signal: NodeJS.Signals) => void): void {
  let asked: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked === undefined) {
      asked = performance.now();
      stop(signal);
    } else if (performance.now() - asked > sameSignalWithinMs) {
      process.exit(forcedExitCode);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}
