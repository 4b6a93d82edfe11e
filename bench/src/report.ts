import { type BenchResult, missesTarget } from './bench.js';

/** A table for people. */
export function table(results: readonly BenchResult[]): string {
  const rows = results.map((one) => [
    one.name,
    `${figure(one.value)} ${one.unit}`,
    figure(one.baseline),
    String(one.ratio),
    one.target === null ? '' : `at least ${one.target}`,
    missesTarget(one) ? 'MISSED' : '',
  ]);
  const all = [['what', 'measured', 'baseline', 'ratio', 'target', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
}
