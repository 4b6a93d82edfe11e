import { trimWhiteSpace } from '@poinciana/campaign-definition';
import { itemProblem } from '../item-problem.js';
import { type ReadingRules, readItem, type ReadItem, unreadableItem } from '../read-item.js';
import type { Columns } from './columns.js';

/** Reads a record as an item; `undefined` for a row that counts only in the numbering (A35). */
export function readRow(
  cells: readonly string[],
  row: number,
  columns: Columns,
  rules: ReadingRules,
): ReadItem | undefined {
  if (isBlank(cells, 0)) return undefined;
  if (cells.length > columns.count && !isBlank(cells, columns.count))
    return unreadableItem(row, itemProblem('too_many_cells'));
  const values = columns.fieldColumns.map((column) => cells[column]);
  const { fields, objectIdColumn, timeZoneColumn } = columns;
  return readItem(
    { number: row, fields, values, objectId: cells[objectIdColumn], timeZone: cells[timeZoneColumn] },
    rules,
  );
}

function isBlank(cells: readonly string[], from: number): boolean {
  for (let index = from; index < cells.length; index++) {
    const cell = cells[index];
    if (cell !== undefined && cell !== '' && trimWhiteSpace(cell) !== '') return false;
  }
  return true;
}
