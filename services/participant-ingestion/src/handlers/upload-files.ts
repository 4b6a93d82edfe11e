import { DomainError } from '@poinciana/event-sourcing';
import { tableLine } from '../domain/csv/table-file.js';
import { FileMissing, type FileStore } from '../storage/file-store.js';
import type { UploadIdentity, UploadRecord, Uploads } from '../storage/uploads.js';
import { readChunks } from './upload-chunks.js';
import type { UploadQueries } from './upload-queries.js';

const FIRST_ROW = 2;

/** What can be had of the file of an upload as long as it is kept: the file itself, and its failed rows to mend and upload again. */
export class UploadFiles {
  constructor(
    private readonly queries: UploadQueries,
    private readonly uploads: Uploads,
    private readonly files: FileStore,
  ) {}

  /** The failed rows whole, under the header of the file, whatever their number. Throws a `DomainError` when the file is gone. */
  async failedRows(upload: UploadIdentity): Promise<AsyncIterable<string>> {
    const record = await this.queries.find(upload);
    await this.assertKept(upload.id);
    return this.failedRowsOf(record);
  }

  /** The file as it was received. */
  async file(
    upload: UploadIdentity,
  ): Promise<{ readonly record: UploadRecord; readonly content: AsyncIterable<Buffer> }> {
    const record = await this.queries.find(upload);
    await this.assertKept(upload.id);
    return { record, content: this.files.read(upload.id) };
  }

  private async assertKept(id: string): Promise<void> {
    try {
      await this.files.read(id)[Symbol.asyncIterator]().next();
    } catch (error) {
      if (error instanceof FileMissing)
        throw new DomainError('file_gone', 'The file of this upload is no longer kept.', 'notFound');
      throw error;
    }
  }

  private async *failedRowsOf(record: UploadRecord): AsyncGenerator<string> {
    const { reading, id } = record;
    if (reading === undefined) return;
    yield tableLine(reading.header);
    const failed = this.failedNumbers(id);
    let next = await failed.next();
    const progress = { nextRow: FIRST_ROW, nextByte: reading.headerEndByte };
    for await (const { firstRow, records } of readChunks(this.files, { id, reading, progress })) {
      let lines = '';
      while (next.done !== true && next.value < firstRow + records.length) {
        lines += tableLine(records[next.value - firstRow]?.cells ?? []);
        next = await failed.next();
      }
      if (lines !== '') yield lines;
      if (next.done === true) return;
    }
  }

  /** The numbers of the rows that failed, each once, in order. */
  private async *failedNumbers(id: string): AsyncGenerator<number, undefined> {
    let after = { row: 0, ordinal: 0 };
    for (;;) {
      const page = await this.uploads.problems(id, 'error', after);
      for (const problem of page) {
        if (problem.row !== after.row) yield problem.row;
        after = problem;
      }
      if (page.length === 0) return undefined;
    }
  }
}
