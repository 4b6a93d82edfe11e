import type { Cuts } from '@poinciana/event-sourcing';
import { FileMissing, FileStore, type FileWriter } from './file-store.js';

const PIECE_BYTES = 64 * 1024;

/** The twin for tests; `pieceBytes` says how a file is cut when it is read. */
export class InMemoryFileStore extends FileStore {
  private readonly files = new Map<string, Buffer>();
  private readonly unfinished = new Map<string, Buffer>();

  constructor(
    private readonly cuts?: Cuts,
    private readonly pieceBytes = PIECE_BYTES,
  ) {
    super();
  }

  override async create(key: string): Promise<FileWriter> {
    this.unfinished.set(key, Buffer.alloc(0));
    return this.writer(key, 0);
  }

  override async resume(key: string, atByte: number): Promise<FileWriter> {
    if (!this.unfinished.has(key)) throw new FileMissing(`There is no file ${key}`);
    return this.writer(key, atByte);
  }

  override async storedBytes(key: string): Promise<number> {
    const file = this.unfinished.get(key) ?? this.files.get(key);
    if (file === undefined) throw new FileMissing(`There is no file ${key}`);
    return file.length;
  }

  private writer(key: string, atByte: number): FileWriter {
    let isOpen = true;
    return {
      write: async (bytes) => {
        this.cuts?.pass('before bytes are stored');
        const before = (this.unfinished.get(key) ?? Buffer.alloc(0)).subarray(0, atByte);
        this.unfinished.set(key, Buffer.concat([before, bytes]));
        atByte += bytes.length;
      },
      finish: async () => {
        this.cuts?.pass('before a file is finished');
        isOpen = false;
        this.files.set(key, this.unfinished.get(key) ?? Buffer.alloc(0));
        this.unfinished.delete(key);
      },
      suspend: async () => this.cuts?.pass('before a file is suspended'),
      discard: async () => {
        if (isOpen) this.unfinished.delete(key);
      },
    };
  }

  override async *read(key: string, fromByte = 0): AsyncIterable<Buffer> {
    const file = this.files.get(key);
    if (file === undefined) throw new FileMissing(`There is no file ${key}`);
    for (let at = fromByte; at < file.length; at += this.pieceBytes) yield file.subarray(at, at + this.pieceBytes);
  }

  override async remove(key: string): Promise<void> {
    this.files.delete(key);
    this.unfinished.delete(key);
  }
}
