import type { FieldPlan } from '../field-plan.js';
import { type Columns, type ColumnWarning, matchColumns } from './columns.js';
import { CsvRecords } from './csv-records.js';
import { type Delimiter, detectDelimiter, endOfFirstRecord } from './delimiter.js';
import { detectEncoding, type FileEncoding, MARK_BYTES_MAX, TextReader } from './encoding.js';
import { fileProblem, RECORD_CHARACTERS_MAX } from './file-problem.js';

/** The header is row 1 (A34). */
const HEADER_ROW = 1;

/** What the first pass finds out about a file that is fit to be imported. */
export interface CheckedFile {
  readonly encoding: FileEncoding;
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  readonly columns: Columns;
  readonly warnings: readonly ColumnWarning[];
  /** Where the first row behind the header begins, in bytes of UTF-8 without the mark. */
  readonly headerEndByte: number;
  /** Records behind the header, blank ones included. */
  readonly records: number;
}

/**
 * The first pass over a file, while it is received (A33): encoding, header, and every quote. Throws a `DomainError` as soon
 * as something refuses the file.
 */
export class FileCheck {
  private begun: Buffer = Buffer.alloc(0);
  private encoding: FileEncoding | undefined;
  private text: TextReader | undefined;
  private body: { readonly delimiter: Delimiter; readonly csv: CsvRecords } | undefined;
  private head:
    ({ readonly header: readonly string[]; readonly endByte: number } & ReturnType<typeof matchColumns>) | undefined;
  private records = 0;

  /** `onRecord` meets every record behind the header with its row (A34), as soon as it is read. */
  constructor(
    private readonly plan: FieldPlan,
    private readonly onRecord?: (cells: readonly string[], row: number, columns: Columns) => void,
  ) {}

  async read(bytes: Buffer): Promise<void> {
    if (this.text !== undefined) return this.readText(this.text.read(bytes));
    this.begun = Buffer.concat([this.begun, bytes]);
    if (this.begun.length >= MARK_BYTES_MAX) await this.begin();
  }

  async end(): Promise<CheckedFile> {
    if (this.text === undefined) await this.begin();
    this.text?.end();
    if (this.body === undefined) await this.readHeader(true);
    const { body, encoding } = this;
    if (body === undefined || encoding === undefined) throw fileProblem('no_header');
    for (const record of await body.csv.end()) this.take(record.cells, record.endByte);
    if (this.head === undefined) throw fileProblem('no_header');
    const { header, endByte: headerEndByte, columns, warnings } = this.head;
    return { encoding, delimiter: body.delimiter, header, columns, warnings, headerEndByte, records: this.records };
  }

  private async begin(): Promise<void> {
    const start = this.begun;
    this.begun = Buffer.alloc(0);
    this.encoding = detectEncoding(start);
    this.text = new TextReader(this.encoding.encoding);
    await this.readText(this.text.read(start.subarray(this.encoding.markBytes)));
  }

  private async readText(text: Buffer): Promise<void> {
    if (this.body !== undefined) return this.readBody(text);
    this.begun = Buffer.concat([this.begun, text]);
    await this.readHeader(false);
  }

  /** Waits for the whole header, whose delimiters decide. */
  private async readHeader(isEnd: boolean): Promise<void> {
    const text = this.begun.toString('utf8');
    if (text === '' && isEnd) throw fileProblem('no_header');
    const end = endOfFirstRecord(text);
    if (end < 0 && !isEnd && text.length <= RECORD_CHARACTERS_MAX) return;
    const delimiter = detectDelimiter(end < 0 ? text : text.slice(0, end));
    this.body = { delimiter, csv: new CsvRecords(delimiter) };
    const { begun } = this;
    this.begun = Buffer.alloc(0);
    await this.readBody(begun);
  }

  private async readBody(text: Buffer): Promise<void> {
    for (const record of (await this.body?.csv.read(text)) ?? []) this.take(record.cells, record.endByte);
  }

  private take(cells: readonly string[], endByte: number): void {
    if (this.head === undefined) {
      this.head = { header: cells, endByte, ...matchColumns(cells, this.plan) };
      return;
    }
    this.records += 1;
    this.onRecord?.(cells, this.records + HEADER_ROW, this.head.columns);
  }
}
