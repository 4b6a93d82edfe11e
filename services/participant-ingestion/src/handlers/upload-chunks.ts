import { CsvRecords, type CsvRecord, TextReader } from '@poinciana/participant-file';
import type { FileStore } from '../storage/file-store.js';
import type { ImportTask } from '../storage/uploads.js';
import { BATCH_ITEMS_MAX } from './item-batch.js';

/** A chunk ends when it has this many bytes of text, or BATCH_ITEMS_MAX records: always at the same places of a file. */
export const CHUNK_BYTES_MAX = 1024 * 1024;

/** Records of a file that follow on each other. */
export interface UploadChunk {
  readonly firstRow: number;
  readonly records: readonly CsvRecord[];
  /** Where the row behind the chunk begins. */
  readonly endByte: number;
}

/** What is needed to read the rows of a file from a place on. */
export interface ReadingFrom extends Pick<ImportTask, 'id' | 'reading'> {
  readonly progress: Pick<ImportTask['progress'], 'nextRow' | 'nextByte'>;
}

/** The chunks of an upload from where its import stopped. Holds one piece of the file and one chunk, whatever the file's size. */
export async function* readChunks(files: FileStore, task: ReadingFrom): AsyncGenerator<UploadChunk> {
  const { nextRow, nextByte } = task.progress;
  const csv = new CsvRecords(task.reading.delimiter, nextRow, nextByte);
  const chunks = new ChunkCutter(nextRow, nextByte);
  for await (const piece of readText(files, task)) yield* chunks.take(await csv.read(piece));
  yield* chunks.take(await csv.end());
  yield* chunks.rest();
}

/** UTF-8 goes on at its byte; what has to be decoded is read from the beginning and skipped. */
async function* readText(files: FileStore, task: ReadingFrom): AsyncGenerator<Buffer> {
  const { encoding, markBytes } = task.reading.encoding;
  const from = task.progress.nextByte;
  if (encoding === 'utf-8') {
    yield* files.read(task.id, markBytes + from);
    return;
  }
  const reader = new TextReader(encoding);
  let skip = from;
  for await (const piece of files.read(task.id, markBytes)) {
    const text = reader.read(piece);
    if (skip < text.length) yield text.subarray(skip);
    skip = Math.max(0, skip - text.length);
  }
}

class ChunkCutter {
  private records: CsvRecord[] = [];

  constructor(
    private nextRow: number,
    private nextByte: number,
  ) {}

  *take(records: readonly CsvRecord[]): Generator<UploadChunk> {
    for (const record of records) {
      this.records.push(record);
      if (this.records.length === BATCH_ITEMS_MAX || record.endByte - this.nextByte >= CHUNK_BYTES_MAX)
        yield* this.rest();
    }
  }

  *rest(): Generator<UploadChunk> {
    const { records, nextRow: firstRow } = this;
    const endByte = records.at(-1)?.endByte;
    if (endByte === undefined) return;
    this.records = [];
    this.nextRow += records.length;
    this.nextByte = endByte;
    yield { firstRow, records, endByte };
  }
}
