import type { DateFormat } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import type { CheckedFile, ColumnWarning, Delimiter, FileEncoding } from '@poinciana/participant-file';

/**
 * How a checked file is read: fixed when it was received, so that an import that goes on after a crash reads every row as
 * before, whatever was edited in between. Plain JSON.
 */
export interface UploadReading {
  readonly encoding: FileEncoding;
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  readonly warnings: readonly ColumnWarning[];
  readonly fields: readonly contract.Field[];
  /** The workspace's zone. */
  readonly zone: string;
  readonly dateFormat: DateFormat;
  /** Records behind the header, blank ones included. */
  readonly records: number;
  /** Where the first of them begins, in bytes of UTF-8 without the mark. */
  readonly headerEndByte: number;
}

/** How a file is read that was found in order. */
export function readingOf(
  { columns: _columns, ...checked }: CheckedFile,
  target: Pick<UploadReading, 'fields' | 'zone'>,
  dateFormat: DateFormat,
): UploadReading {
  return { ...checked, fields: target.fields, zone: target.zone, dateFormat };
}
