import type { CommunicationOutcome } from '@poinciana/flow-engine';

/** A trigger that fell into a pause and that Start may catch up (A2). */
export interface Mark {
  /** The event that would have fired. */
  readonly eventId: string;
  /** Its number in the log. */
  readonly number: number;
  readonly trigger: 'participant-created' | 'communication-ended';
  readonly correlation: string;
  readonly hop: number;
  /** The communication that ended. */
  readonly communication?: CommunicationOutcome;
}
