/** Totals are exact up to here. */
export const TOTAL_EXACT_MAX = 10_000;

export type Direction = 'asc' | 'desc';

/** Where a page ended: what the list is sorted by, and the id of the last line. */
export interface PageEnd {
  readonly value: string;
  readonly id: string;
}

/** A part of a list, in its order. */
export interface Page<Line> {
  readonly lines: readonly Line[];
  /** How many match without regard to the page: counted up to TOTAL_EXACT_MAX, then estimated. */
  readonly total: number;
  readonly isTotalEstimated: boolean;
}
