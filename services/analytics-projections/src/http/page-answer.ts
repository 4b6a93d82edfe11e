import type { Page, PageEnd } from '../views/page.js';
import { formatCursor } from './cursor.js';

export interface PageAnswer<Line> {
  readonly items: readonly Line[];
  readonly total: number;
  readonly next?: string;
}

/** A page as it is answered. It was asked for with one line more than `limit`, which shows whether another one follows. */
export function pageAnswer<Line>(
  { lines, total }: Page<Line>,
  limit: number,
  endOf: (last: Line) => PageEnd,
): PageAnswer<Line> {
  const items = lines.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || lines.length <= limit) return { items, total };
  return { items, total, next: formatCursor(endOf(last)) };
}
