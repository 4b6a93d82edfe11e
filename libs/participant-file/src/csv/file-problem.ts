import { DomainError } from '@poinciana/event-sourcing';

/** The largest file, in bytes (A83). */
export const FILE_BYTES_MAX = 4 * 1024 ** 3;
/** The longest record, in characters (A38). */
export const RECORD_CHARACTERS_MAX = 1024 ** 2;

const CSV_NAME = /\.csv$/i;

const SENTENCES = {
  not_csv: 'You can only upload CSV files!',
  file_too_large: 'File must be smaller than 4GB!',
  undecodable: 'The file is neither UTF-8 nor UTF-16 with a byte order mark.',
  no_header: 'The file is empty: the first row must name the columns.',
  nul_in_header: 'The header holds the character 0. A file in UTF-16 needs a byte order mark.',
  unclosed_quote: 'A quote is opened and never closed.',
  misplaced_quote: 'A quote stands inside an unquoted cell, or text stands behind a closing quote.',
  record_too_long: 'A row is longer than 1 MiB.',
  duplicate_column: 'A column stands in the header more than once.',
  missing_required_column: 'A column for a required field is missing.',
  no_identity_column: 'No column identifies a person: external_id, email, phone, telegram_id, whatsapp_id or web_id.',
} as const;

export type FileProblemCode = keyof typeof SENTENCES;

/** A problem for which the whole file is refused, before any row is stored ([P]5). `row` as in a spreadsheet. */
export function fileProblem(
  code: FileProblemCode,
  place: { readonly row?: number; readonly columns?: readonly string[] } = {},
): DomainError {
  const { row, columns } = place;
  const where = row === undefined ? '' : ` Row ${row}.`;
  const which = columns === undefined ? '' : ` ${columns.join(', ')}.`;
  return new DomainError(
    code,
    SENTENCES[code] + where + which,
    code === 'file_too_large' ? 'tooLarge' : 'invalid',
    place,
  );
}

/** Throws a `DomainError` for a file that does not even call itself CSV (A83). */
export function assertCsvName(fileName: string): void {
  if (!CSV_NAME.test(fileName)) throw fileProblem('not_csv');
}
