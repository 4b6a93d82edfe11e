import { CsvError, Parser } from 'csv-parse';
import type { Delimiter } from './delimiter.js';
import { type FileProblemCode, fileProblem, RECORD_CHARACTERS_MAX } from './file-problem.js';

/** The cells of one record, and where it ends in the text, in bytes of UTF-8. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly endByte: number;
}

const PROBLEMS: Readonly<Record<string, FileProblemCode>> = {
  CSV_QUOTE_NOT_CLOSED: 'unclosed_quote',
  CSV_INVALID_CLOSING_QUOTE: 'misplaced_quote',
  INVALID_OPENING_QUOTE: 'misplaced_quote',
  CSV_MAX_RECORD_SIZE: 'record_too_long',
};

/**
 * Records of a text, by the strictest settings: nothing is guessed (A90). Line ends may be mixed. Empty lines are records of
 * one empty cell, because they count in the numbering (A34).
 */
export class CsvRecords {
  private readonly parser: RecordParser;

  /** `firstRow`: the row of the first record; `firstByte`: where it begins. */
  constructor(
    delimiter: Delimiter,
    private readonly firstRow = 1,
    firstByte = 0,
  ) {
    this.parser = new RecordParser(delimiter, firstByte);
    // Whoever writes meets the error in its callback.
    this.parser.on('error', () => undefined);
    this.parser.resume();
  }

  /** Takes the next piece of text and answers the records that end in it. Throws a `DomainError` with the row. */
  read(text: Buffer): Promise<readonly CsvRecord[]> {
    return this.run((done) => this.parser.write(text, done));
  }

  /** Answers what is left. */
  end(): Promise<readonly CsvRecord[]> {
    return this.run((done) => {
      this.parser.once('error', done);
      this.parser.once('end', () => done());
      this.parser.end();
    });
  }

  private async run(work: (done: (error?: Error | null) => void) => void): Promise<readonly CsvRecord[]> {
    await new Promise<void>((resolve, reject) => {
      work((error) => (error ? reject(this.problemOf(error)) : resolve()));
    });
    return this.parser.takeRecords();
  }

  /** The parser's own message repeats cells, so it goes no further. */
  private problemOf(error: Error): Error {
    const code = error instanceof CsvError ? PROBLEMS[error.code] : undefined;
    return code === undefined ? error : fileProblem(code, { row: this.firstRow + this.parser.count });
  }
}

/** Collects the records instead of passing each through the machinery of streams, which costs more than parsing it. */
class RecordParser extends Parser {
  count = 0;
  private records: CsvRecord[] = [];

  constructor(
    delimiter: Delimiter,
    private readonly firstByte: number,
  ) {
    super({
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      quote: '"',
      escape: '"',
      relax_quotes: false,
      relax_column_count: true,
      skip_empty_lines: false,
      // The parser looks before it takes a character, so one more would pass.
      max_record_size: RECORD_CHARACTERS_MAX - 1,
    });
  }

  /** The parser pushes each record when it stands behind it. */
  override push(cells: readonly string[] | null): boolean {
    if (cells === null) return super.push(null);
    this.records.push({ cells, endByte: this.firstByte + this.info.bytes });
    this.count += 1;
    return true;
  }

  takeRecords(): readonly CsvRecord[] {
    const { records } = this;
    this.records = [];
    return records;
  }
}
