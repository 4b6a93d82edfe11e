import { type ProblemGroup, PROBLEMS_PAGE_MAX, type RowProblem, type Severity } from './uploads.js';

const EXAMPLES_MAX = 5;

/** The problems of the rows of uploads, each place once, in their order. */
export class InMemoryUploadProblems {
  private readonly byUpload = new Map<string, Map<string, RowProblem>>();

  add(id: string, problems: readonly RowProblem[]): void {
    const stored = this.byUpload.get(id) ?? new Map<string, RowProblem>();
    for (const problem of problems) {
      const place = `${problem.severity} ${problem.row} ${problem.ordinal}`;
      if (!stored.has(place)) stored.set(place, problem);
    }
    this.byUpload.set(id, stored);
  }

  remove(id: string): void {
    this.byUpload.delete(id);
  }

  behind(
    id: string,
    severity: Severity,
    after: { readonly row: number; readonly ordinal: number },
  ): readonly RowProblem[] {
    const isBehind = ({ row, ordinal }: RowProblem) =>
      row > after.row || (row === after.row && ordinal > after.ordinal);
    return this.all(id, severity).filter(isBehind).slice(0, PROBLEMS_PAGE_MAX);
  }

  /** By field and code, those with the most first. */
  groups(id: string, severity: Severity): readonly ProblemGroup[] {
    const groups = new Map<string, RowProblem[]>();
    for (const problem of this.all(id, severity)) {
      const name = `${problem.field}\0${problem.code}`;
      groups.set(name, [...(groups.get(name) ?? []), problem]);
    }
    return [...groups.values()].flatMap((problems) => groupOf(problems)).sort((one, other) => other.count - one.count);
  }

  private all(id: string, severity: Severity): readonly RowProblem[] {
    return [...(this.byUpload.get(id)?.values() ?? [])].filter((problem) => problem.severity === severity);
  }
}

function groupOf(problems: readonly RowProblem[]): readonly ProblemGroup[] {
  const [first] = problems;
  if (first === undefined) return [];
  const { field, code, reason } = first;
  const examples = problems.slice(0, EXAMPLES_MAX).map(({ row, value }) => ({ row, value }));
  return [{ field, code, reason, count: problems.length, examples }];
}
