/** Runs up to this hop happen; the next is cut as `chain_too_long` (A11). */
export const HOPS_MAX = 20;
/** Runs of one participant that may follow from one outside event; the rest is cut as `too_many_runs` (A93). */
export const RUNS_PER_EVENT_MAX = 200;
/** The longest text in a trace, the mark of the cut included. */
export const TRACED_CHARACTERS_MAX = 256;
/** The longest traceback that is kept, from its end, where the error stands. */
export const TRACEBACK_CHARACTERS_MAX = 2_000;
/** How many lines of a script's log are kept. */
export const LOG_LINES_MAX = 20;
/**
 * What one run keeps about the person, as JSON in bytes: addresses, variables, customer context, assigned values and the trace. It
 * leaves half of the 768 KiB of an event to the path and the plans of 200 nodes. A node that goes beyond it fails the run as
 * `run_too_large`.
 */
export const RUN_BYTES_MAX = 384 * 1024;
/** All values of one participant, and of one profile, as JSON in bytes (A38). */
export const VALUES_BYTES_MAX = 256 * 1024;
