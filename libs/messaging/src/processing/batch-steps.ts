/**
 * Where a batch may be cut off, for tests of what a crash leaves behind: before it is handled, after it is handled (and
 * appended), inside the transaction after the state was written, after the transaction.
 */
export type BatchStep = 'handle' | 'handled' | 'stateWritten' | 'committed';

/** Called at each step. Throws `MemberCutError` where the member is to end as by a crash. */
export type AtBatchStep = (step: BatchStep) => Promise<void> | void;

/** Ends a member as a crash does: nothing is retried, nothing given back. */
export class MemberCutError extends Error {
  override readonly name: string = 'MemberCutError';
}
