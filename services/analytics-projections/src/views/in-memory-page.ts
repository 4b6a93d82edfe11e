import { compareTexts } from './folded-text.js';
import { type Direction, type Page, type PageEnd, TOTAL_EXACT_MAX } from './page.js';

interface Paging {
  readonly direction: Direction;
  readonly after?: PageEnd;
  readonly limit: number;
}

/** A page of rows in memory, as the database would give it: sorted by a value, then by id. */
export function pageOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  valueOf: (row: Row) => string,
  { direction, after, limit }: Paging,
): Page<Row> {
  const sign = direction === 'asc' ? 1 : -1;
  const endOf = (row: Row): PageEnd => ({ value: valueOf(row), id: row.id });
  const sorted = rows.toSorted((one, other) => sign * compareEnds(endOf(one), endOf(other)));
  const rest = after === undefined ? sorted : sorted.filter((row) => sign * compareEnds(endOf(row), after) > 0);
  return {
    lines: rest.slice(0, limit),
    total: rows.length,
    isTotalEstimated: rows.length > TOTAL_EXACT_MAX,
  };
}

function compareEnds(one: PageEnd, other: PageEnd): number {
  return compareTexts(one.value, other.value) || compareTexts(one.id, other.id);
}
