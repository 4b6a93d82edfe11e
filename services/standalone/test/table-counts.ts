/** The numbers of printed tables, by the words of their row and the head of their column. */
export type TableCounts = ReadonlyMap<string, number>;

const CELL = '│';

/** Reads the numbers of tables as the demo prints them; every table begins with its head. */
export function countsOf(tables: string): TableCounts {
  const counts = new Map<string, number>();
  let head: readonly string[] = [];
  for (const line of tables.split('\n')) {
    if (line.startsWith('┌')) head = [];
    if (!line.startsWith(CELL)) continue;
    const cells = line
      .split(CELL)
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (head.length === 0) {
      head = cells;
      continue;
    }
    const words = cells.filter((cell) => !/^\d+$/.test(cell)).join(' / ');
    cells.forEach((cell, column) => {
      if (/^\d+$/.test(cell)) counts.set(`${words} / ${head[column] ?? ''}`, Number(cell));
    });
  }
  return counts;
}

/** By how much two sets of numbers differ, number by number; what is missing counts as 0. */
export function sumOfDifferences(one: TableCounts, other: TableCounts): number {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].reduce((sum, name) => sum + Math.abs((one.get(name) ?? 0) - (other.get(name) ?? 0)), 0);
}
