import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import { trimWhiteSpace } from '@poinciana/campaign-definition';
import { type FieldPlan, foldedFieldName, OBJECT_ID, planFields, TIME_ZONE } from '../field-plan.js';
import { type ItemProblem, reportedValue } from '../item-problem.js';
import type { ReadingRules } from '../read-item.js';
import { type Columns, lenientColumns, matchColumns } from './columns.js';
import { CsvRecords } from './csv-records.js';
import { type Delimiter, detectDelimiter, endOfFirstRecord } from './delimiter.js';
import { detectEncoding, type FileEncoding, TextReader } from './encoding.js';
import { fileProblem } from './file-problem.js';
import { nearMiss } from './near-miss.js';
import { readRow } from './row-reader.js';

/** How much of a file is looked at, in bytes, and how many of its rows are shown. */
export const PREVIEW_BYTES_MAX = 1024 * 1024;
export const PREVIEW_ROWS_MAX = 20;
const FIRST_ROW = 2;
/** A longer header refuses nothing, but nobody looks at it column by column. */
const PREVIEW_COLUMNS_MAX = 500;

/** What becomes of a column. */
export interface PreviewColumn {
  /** As the header has it, cut. */
  readonly column: string;
  readonly use: 'field' | 'object_id' | 'timezone' | 'ignored' | 'unnamed';
  /** The field that it is read as. */
  readonly field?: string;
  /** For an ignored one: the field without a column that it was probably meant for. */
  readonly suggestion?: string;
}

export interface PreviewCell {
  /** As the file has it, cut; personal. */
  readonly value: string;
  readonly problems: readonly Omit<ItemProblem, 'field' | 'value'>[];
}

export interface PreviewRow {
  /** As in a spreadsheet (A34). */
  readonly row: number;
  /** One for each of `columns`. */
  readonly cells: readonly PreviewCell[];
  /** What is wrong with the row as a whole. */
  readonly problems: readonly Omit<ItemProblem, 'value'>[];
}

/** What an import would make of a file, as far as its beginning tells. */
export interface FilePreview {
  readonly encoding: FileEncoding;
  readonly delimiter?: Delimiter;
  readonly columns: readonly PreviewColumn[];
  /** Required fields without a column. */
  readonly missing: readonly string[];
  readonly rows: readonly PreviewRow[];
  /** Why the file would be refused as a whole, if it would. */
  readonly problem?: { readonly code: string; readonly detail: string };
}

/** `start`: at most PREVIEW_BYTES_MAX bytes; `isWhole`: there are no more. */
export interface FileStart {
  readonly start: Buffer;
  readonly isWhole: boolean;
}

/** Looks at the beginning of a file as an import would. Never throws for what is in the file: that is what it tells. */
export async function previewFile(
  file: FileStart,
  fields: readonly contract.Field[],
  rules: ReadingRules,
): Promise<FilePreview> {
  const seen = await seenOf(file);
  const header = seen.records[0];
  const { encoding, delimiter } = seen;
  const found = { encoding, ...(delimiter && { delimiter }) };
  if (header === undefined) {
    return { ...found, columns: [], missing: [], rows: [], problem: seen.problem ?? told(fileProblem('no_header')) };
  }
  const plan = planFields(fields);
  const columns = lenientColumns(header, plan);
  const problem = seen.problem ?? refusalOf(() => matchColumns(header, plan));
  return {
    ...found,
    columns: columnsOf(header, plan, fields),
    missing: plan.importable
      .filter((field) => field.required && !columns.fields.includes(field))
      .map(({ name }) => name),
    rows: seen.records
      .slice(1)
      .flatMap((cells, at) => rowOf(cells, at + FIRST_ROW, columns, rules))
      .slice(0, PREVIEW_ROWS_MAX),
    ...(problem && { problem }),
  };
}

interface Seen {
  readonly encoding: FileEncoding;
  readonly delimiter?: Delimiter;
  readonly records: readonly (readonly string[])[];
  readonly problem?: NonNullable<FilePreview['problem']>;
}

async function seenOf({ start, isWhole }: FileStart): Promise<Seen> {
  const encoding = detectEncoding(start);
  const records: (readonly string[])[] = [];
  let delimiter: Delimiter | undefined;
  const problem = await refusalIn(async () => {
    const reader = new TextReader(encoding.encoding);
    const text = reader.read(start.subarray(encoding.markBytes));
    if (isWhole) reader.end();
    const characters = text.toString('utf8');
    const end = endOfFirstRecord(characters);
    delimiter = detectDelimiter(end < 0 ? characters : characters.slice(0, end));
    const csv = new CsvRecords(delimiter);
    records.push(...(await csv.read(text)).map(({ cells }) => cells));
    if (isWhole) records.push(...(await csv.end()).map(({ cells }) => cells));
  });
  return { encoding, records, ...(delimiter && { delimiter }), ...(problem && { problem }) };
}

function columnsOf(
  header: readonly string[],
  plan: FieldPlan,
  fields: readonly contract.Field[],
): readonly PreviewColumn[] {
  const names = header.map((cell) => foldedFieldName(trimWhiteSpace(cell)));
  const unmet = fields.filter((field) => field.import && !names.includes(foldedFieldName(field.name)));
  return names.slice(0, PREVIEW_COLUMNS_MAX).map((name, at) => {
    const column = reportedValue(header[at] ?? '');
    if (name === '') return { column, use: 'unnamed' };
    if (name === OBJECT_ID || name === TIME_ZONE) return { column, use: name };
    const field = plan.byFoldedName.get(name);
    if (field !== undefined) return { column, use: 'field', field: field.name };
    const suggestion = nearMiss(name, unmet);
    return { column, use: 'ignored', ...(suggestion && { suggestion: suggestion.name }) };
  });
}

function rowOf(cells: readonly string[], row: number, columns: Columns, rules: ReadingRules): readonly PreviewRow[] {
  const item = readRow(cells, row, columns, rules);
  if (item === undefined) return [];
  const columnOf = placesOf(columns);
  const shown = Array.from({ length: Math.min(columns.count, PREVIEW_COLUMNS_MAX) }, (_, at) => ({
    value: reportedValue(cells[at] ?? ''),
    problems: item.problems
      .filter(({ field }) => columnOf.get(field) === at)
      .map(({ code, reason }) => ({ code, reason })),
  }));
  const problems = item.problems
    .filter(({ field }) => !columnOf.has(field))
    .map(({ field, code, reason }) => ({ field, code, reason }));
  return [{ row, cells: shown, problems }];
}

function placesOf({ fields, fieldColumns, objectIdColumn, timeZoneColumn }: Columns): ReadonlyMap<string, number> {
  const places = new Map(fields.map(({ name }, at) => [name, fieldColumns[at] ?? -1]));
  return places.set(OBJECT_ID, objectIdColumn).set(TIME_ZONE, timeZoneColumn);
}

function refusalOf(work: () => unknown): FilePreview['problem'] {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return told(error);
    throw error;
  }
}

async function refusalIn(work: () => Promise<void>): Promise<FilePreview['problem']> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return told(error);
    throw error;
  }
}

function told({ code, message }: DomainError): { readonly code: string; readonly detail: string } {
  return { code, detail: message };
}
