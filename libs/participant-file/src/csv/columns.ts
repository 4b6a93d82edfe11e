import { trimWhiteSpace } from '@poinciana/campaign-definition';
import { type FieldPlan, foldedFieldName, OBJECT_ID, type PlannedField, TIME_ZONE } from '../field-plan.js';
import { IDENTITY_FIELDS } from '../identity-key.js';
import { fileProblem } from './file-problem.js';

/** What the columns of a file mean. */
export interface Columns {
  /** How many cells a row has. */
  readonly count: number;
  readonly fields: readonly PlannedField[];
  /** The column of each of `fields`. */
  readonly fieldColumns: readonly number[];
  /** -1 when there is no such column. */
  readonly objectIdColumn: number;
  readonly timeZoneColumn: number;
}

/** A column that is not read, for the upload's details. */
export interface ColumnWarning {
  readonly column: string;
  readonly code: 'ignored_column' | 'unnamed_column';
}

/** Matches the header against the campaign's fields ([P]4, A21, A35, A36). Throws a `DomainError` when the file is to be refused. */
export function matchColumns(
  header: readonly string[],
  plan: FieldPlan,
): { readonly columns: Columns; readonly warnings: readonly ColumnWarning[] } {
  if (header.some((cell) => cell.includes('\0'))) throw fileProblem('nul_in_header');
  const names = header.map((cell) => foldedFieldName(trimWhiteSpace(cell)));
  if (names.every((name) => name === '')) throw fileProblem('no_header');
  refuseDuplicates(names);
  const columns = lenientColumns(header, plan);
  refuseMissing(plan, columns.fields);
  return { columns, warnings: names.flatMap((name) => warningOf(name, plan)) };
}

/** What the columns mean, whether or not the file is fit to be imported; of two of a name the first counts. */
export function lenientColumns(header: readonly string[], plan: FieldPlan): Columns {
  const names = header.map((cell) => foldedFieldName(trimWhiteSpace(cell)));
  const fields = plan.importable.filter((field) => names.includes(foldedFieldName(field.name)));
  return {
    count: header.length,
    fields,
    fieldColumns: fields.map((field) => names.indexOf(foldedFieldName(field.name))),
    objectIdColumn: names.indexOf(OBJECT_ID),
    timeZoneColumn: names.indexOf(TIME_ZONE),
  };
}

function refuseDuplicates(names: readonly string[]): void {
  const twice = names.filter((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice.length > 0) throw fileProblem('duplicate_column', { columns: [...new Set(twice)].map(shown) });
}

function refuseMissing(plan: FieldPlan, found: readonly PlannedField[]): void {
  const missing = plan.importable.filter((field) => field.required && !found.includes(field));
  if (missing.length > 0) throw fileProblem('missing_required_column', { columns: missing.map(({ name }) => name) });
  if (!found.some((field) => IDENTITY_FIELDS.some(({ name }) => name === field.name)))
    throw fileProblem('no_identity_column');
}

function warningOf(name: string, plan: FieldPlan): readonly ColumnWarning[] {
  if (name === '') return [{ column: '', code: 'unnamed_column' }];
  if (name === OBJECT_ID || name === TIME_ZONE || plan.byFoldedName.has(name)) return [];
  return [{ column: shown(name), code: 'ignored_column' }];
}

const SHOWN_CHARACTERS_MAX = 100;

function shown(name: string): string {
  return name.slice(0, SHOWN_CHARACTERS_MAX);
}
