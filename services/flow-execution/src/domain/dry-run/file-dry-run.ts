import type { FieldValue } from '@poinciana/campaign-definition';
import { NEW_PARTICIPANT, type ParticipantState } from '@poinciana/flow-engine';
import {
  type Columns,
  type FieldPlan,
  FileCheck,
  type ItemProblem,
  type ReadItem,
  type ReadingRules,
  readRow,
} from '@poinciana/participant-file';
import { type DryRunTerms, dryRun } from './dry-run.js';
import { DryRunCounts, type FlowCounts } from './dry-run-counts.js';

/** How many problems of rows are told apart from their number. */
export const ROW_PROBLEMS_TOLD_MAX = 100;

/** How far a file is. */
export interface FileProgress {
  readonly rows: number;
  readonly failed: number;
}

/** What is wrong with a row, without its value. */
export interface RowProblem extends Pick<ItemProblem, 'field' | 'code' | 'reason'> {
  readonly row: number;
}

/** What a whole file would do. */
export interface FileDryRunResult extends FileProgress {
  readonly flows: readonly FlowCounts[];
  /** The first ones. */
  readonly problems: readonly RowProblem[];
  /** Columns that are not read. */
  readonly ignoredColumns: readonly string[];
}

/**
 * Takes a file piece by piece, reads its rows as an upload would, and decides for each, as for somebody who is new. Throws a
 * `DomainError` for a file that an upload would refuse.
 */
export class FileDryRun {
  private readonly check: FileCheck;
  private readonly tally = new DryRunCounts();
  private readonly problems: RowProblem[] = [];
  private rows = 0;
  private failed = 0;

  constructor(
    plan: FieldPlan,
    private readonly rules: ReadingRules,
    private readonly terms: DryRunTerms,
  ) {
    this.check = new FileCheck(plan, (cells, row, columns) => this.take(cells, row, columns));
  }

  async read(bytes: Buffer): Promise<FileProgress> {
    await this.check.read(bytes);
    return this.progress();
  }

  async end(): Promise<FileDryRunResult> {
    const { warnings } = await this.check.end();
    const ignoredColumns = warnings.map(({ column }) => column);
    return { ...this.progress(), flows: this.tally.counts(), problems: this.problems, ignoredColumns };
  }

  private progress(): FileProgress {
    return { rows: this.rows, failed: this.failed };
  }

  private take(cells: readonly string[], row: number, columns: Columns): void {
    const item = readRow(cells, row, columns, this.rules);
    if (item === undefined) return;
    this.rows += 1;
    if (item.problems.length > 0) this.refuse(item);
    else this.tally.add(dryRun(this.terms, newcomer(item), `row ${row}`));
  }

  private refuse({ number, problems }: ReadItem): void {
    this.failed += 1;
    for (const { field, code, reason } of problems) {
      if (this.problems.length < ROW_PROBLEMS_TOLD_MAX) this.problems.push({ row: number, field, code, reason });
    }
  }
}

function newcomer({ given, timeZone }: ReadItem): ParticipantState {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(given)) if (value !== null) values[name] = value;
  return { ...NEW_PARTICIPANT, values, ...(typeof timeZone === 'string' ? { zone: timeZone } : {}) };
}
