import type { StateWrite } from '@poinciana/messaging';
import type { FlowParticipant } from '../domain/flow-participant.js';

/** A participant as she was read, with the version to write against; version 0 is not stored yet. */
export interface VersionedParticipant {
  readonly participant: FlowParticipant;
  readonly version: number;
}

/** How many people of a campaign wait for a Start, by what they wait with. */
export interface Waiting {
  readonly participantsCreated: number;
  readonly communicationsEnded: number;
}

/** One row a participant, read and written once a batch. */
export abstract class Participants<Transaction> {
  /** In the order asked; whoever is not stored yet is unknown. */
  abstract read(ids: readonly string[]): Promise<readonly VersionedParticipant[]>;
  /** Those of a campaign whose first mark stands between two places in the log, in order of occurrence. */
  abstract readMarked(
    campaignId: string,
    range: { readonly after: number; readonly before: number },
    limit: number,
  ): Promise<readonly VersionedParticipant[]>;
  abstract countMarked(campaignId: string, before: number): Promise<number>;
  /** What the question at Start is about. */
  abstract countWaiting(workspace: string, campaignId: string): Promise<Waiting>;
  /**
   * Writes participants against the versions they were read at. Throws `TransientError` when somebody else wrote one of them
   * since: the caller's transaction is rolled back, and the work done again on what stands there now.
   */
  abstract write(changed: readonly VersionedParticipant[]): StateWrite<Transaction>;
  /** Writes what nobody else wrote since, outside of a batch, and answers how many were written. */
  abstract writeUnmoved(changed: readonly VersionedParticipant[]): Promise<number>;
}
