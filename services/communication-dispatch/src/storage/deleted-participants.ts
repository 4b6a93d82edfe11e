import type { StateWrite } from '@poinciana/messaging';

/** A life of a participant that is over, counted from 1 (A19). */
export interface DeletedLife {
  readonly participantId: string;
  readonly life: number;
}

/**
 * Who was deleted, and in which life: whoever decides runs may be behind, so that a run can stand in the log behind the deletion. Throws
 * `TransientError` when the database is away.
 */
export abstract class DeletedParticipants<Transaction> {
  /** Inside a consumer's transaction. Repeating it changes nothing; an older life never overwrites a newer one. */
  abstract put(lives: readonly DeletedLife[]): StateWrite<Transaction>;
  /** The last life that is over, by participant; who was never deleted is missing. */
  abstract livesOf(participantIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
