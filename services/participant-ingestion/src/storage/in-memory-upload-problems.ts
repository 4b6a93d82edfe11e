import type { ProblemGroup, RowProblem } from './uploads.js';

const EXAMPLES_MAX = 5;

/** Problems by field and code, those with the most first. */
export function groupsOf(all: readonly RowProblem[]): readonly ProblemGroup[] {
  const groups = new Map<string, RowProblem[]>();
  for (const problem of all) {
    const name = `${problem.field}\0${problem.code}`;
    groups.set(name, [...(groups.get(name) ?? []), problem]);
  }
  return [...groups.values()].flatMap((problems) => groupOf(problems)).sort((one, other) => other.count - one.count);
}

function groupOf(problems: readonly RowProblem[]): readonly ProblemGroup[] {
  const [first] = problems;
  if (first === undefined) return [];
  const { field, code, reason } = first;
  const examples = problems.slice(0, EXAMPLES_MAX).map(({ row, value }) => ({ row, value }));
  return [{ field, code, reason, count: problems.length, examples }];
}
