/**
 * Ends the process as an error that nobody caught does: it is logged, what runs is stopped in order, and the exit code is 1.
 * Whoever looks after the process starts it again.
 */
export function endProcess(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
