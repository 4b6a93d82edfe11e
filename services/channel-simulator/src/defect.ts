/** A bug of the simulator itself: written to standard error with its stack, since tests may only look there. */
export function reportDefect(error: Error): void {
  process.stderr.write(`channel-simulator: defect: ${error.stack ?? error.message}\n`);
}
