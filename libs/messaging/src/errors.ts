/**
 * The member no longer holds a partition that it wants to commit (another one claimed it, or an own commit whose answer was lost
 * did happen). Its transaction is rolled back; it forgets what it holds and claims again.
 */
export class StaleMemberError extends Error {
  override readonly name = 'StaleMemberError';
}

/** The group was set up with another number of partitions. Fatal: keys would change their partition and lose their order. */
export class PartitionCountError extends Error {
  override readonly name = 'PartitionCountError';
  constructor(
    readonly group: string,
    readonly stored: number,
    readonly configured: number,
  ) {
    super(
      `The group ${group} was set up with ${stored} partitions and is now configured for ${configured}; the number is fixed for ever`,
    );
  }
}

/** The store of checkpoints answered something that is nobody's event's fault (a missing table, a refused permission). */
export class CheckpointStoreError extends Error {
  override readonly name = 'CheckpointStoreError';
}

/** What a caught value says, as one sentence without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
