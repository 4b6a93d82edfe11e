/** One line of a result. `ratio` is value to baseline, and misses its target when it is below. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Measured in the same run, in the same unit. */
  readonly baseline: number;
  readonly ratio: number;
  /** What the ratio must reach; `null` where there is nothing to reach. */
  readonly target: number | null;
}

export interface BenchSettings {
  /** How much is measured a round; what a row is, each bench says. */
  readonly rows: number;
  /** Says how far the bench is. */
  readonly note: (line: string) => void;
}

/** A bench: `export const bench: Bench` of `benches/<name>/index.ts`, found by that name. */
export interface Bench {
  readonly description: string;
  readonly rows: number;
  run(settings: BenchSettings): Promise<readonly BenchResult[]>;
}

/** A result from what was measured in each round. */
export function result(
  name: string,
  unit: string,
  values: readonly number[],
  baselines: readonly number[],
  target: number | null,
): BenchResult {
  const value = median(values);
  const baseline = median(baselines);
  return { name, unit, value: rounded(value), baseline: rounded(baseline), ratio: rounded(value / baseline), target };
}

/** A result that is good when it is small: its ratio is the bound to the value, and must reach 1. */
export function resultWithin(name: string, unit: string, value: number, bound: number): BenchResult {
  return { name, unit, value: rounded(value), baseline: bound, ratio: rounded(bound / value), target: 1 };
}

export function missesTarget({ ratio, target }: BenchResult): boolean {
  return target !== null && ratio < target;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('The median of nothing');
  return (low + high) / 2;
}

/** Four digits say all that such a measurement knows. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
