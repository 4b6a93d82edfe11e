import type { LeftAlone } from './undo.js';

/** What a revert did so far; each participant and each profile counts once. */
export interface RevertCounts {
  readonly participantsDeleted: number;
  readonly participantsRestored: number;
  readonly profilesRestored: number;
  /** Entries of the list of what was left alone. */
  readonly leftAlone: number;
}

export const NO_REVERTS: RevertCounts = {
  participantsDeleted: 0,
  participantsRestored: 0,
  profilesRestored: 0,
  leftAlone: 0,
};

/** Something of one person that stays, and the row of the file that it goes back to. */
export interface LeftEntry extends LeftAlone {
  readonly subject: 'participant' | 'customer';
  readonly subjectId: string;
  /** As in a spreadsheet: the header is row 1. */
  readonly row: number;
}

export function addCounts(one: RevertCounts, other: RevertCounts): RevertCounts {
  return {
    participantsDeleted: one.participantsDeleted + other.participantsDeleted,
    participantsRestored: one.participantsRestored + other.participantsRestored,
    profilesRestored: one.profilesRestored + other.profilesRestored,
    leftAlone: one.leftAlone + other.leftAlone,
  };
}
