import type { Cuts } from '@poinciana/event-sourcing';
import { FileMissing, FileStore, type FileWriter } from './file-store.js';

const PIECE_BYTES = 64 * 1024;

/** The twin for tests; `pieceBytes` says how a file is cut when it is read. */
export class InMemoryFileStore extends FileStore {
  private readonly files = new Map<string, Buffer>();

  constructor(
    private readonly cuts?: Cuts,
    private readonly pieceBytes = PIECE_BYTES,
  ) {
    super();
  }

  override async create(key: string): Promise<FileWriter> {
    const pieces: Buffer[] = [];
    return {
      write: async (bytes) => {
        this.cuts?.pass('before bytes are stored');
        pieces.push(Buffer.from(bytes));
      },
      finish: async () => {
        this.cuts?.pass('before a file is finished');
        this.files.set(key, Buffer.concat(pieces));
      },
      discard: async () => undefined,
    };
  }

  override async *read(key: string, fromByte = 0): AsyncIterable<Buffer> {
    const file = this.files.get(key);
    if (file === undefined) throw new FileMissing(`There is no file ${key}`);
    for (let at = fromByte; at < file.length; at += this.pieceBytes) yield file.subarray(at, at + this.pieceBytes);
  }

  override async remove(key: string): Promise<void> {
    this.files.delete(key);
  }
}
