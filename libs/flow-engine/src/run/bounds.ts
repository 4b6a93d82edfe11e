/** Runs up to this hop happen; the next is cut as `chain_too_long` (A11). */
export const HOPS_MAX = 20;
/** Runs of one participant that may follow from one outside event; the rest is cut as `too_many_runs` (A93). */
export const RUNS_PER_EVENT_MAX = 200;
/** The longest text in a trace, the mark of the cut included. */
export const TRACED_CHARACTERS_MAX = 256;
