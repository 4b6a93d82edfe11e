import type { ItemProblem, ItemWarning } from '@poinciana/participant-file';

/** What became of a row or item. */
export type ItemOutcome =
  | {
      readonly outcome: 'created' | 'updated' | 'unchanged';
      readonly participantId: string;
      readonly customerId: string;
      readonly warnings: readonly ItemWarning[];
    }
  | {
      readonly outcome: 'failed';
      readonly problems: readonly ItemProblem[];
      readonly warnings: readonly ItemWarning[];
    };

/** rows = created + updated + unchanged + failed, always ([P]6). */
export interface Counts {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
}

export const NO_COUNTS: Counts = { rows: 0, created: 0, updated: 0, unchanged: 0, failed: 0 };

export function countOutcomes(before: Counts, outcomes: readonly ItemOutcome[]): Counts {
  const counts = { ...before };
  for (const { outcome } of outcomes) counts[outcome] += 1;
  counts.rows += outcomes.length;
  return counts;
}
