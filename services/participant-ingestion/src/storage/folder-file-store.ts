import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageFull, TransientError } from '@poinciana/event-sourcing';
import { FileMissing, FileStore, type FileWriter } from './file-store.js';

const PIECE_BYTES = 256 * 1024;
const KEY = /^[0-9a-f-]{36}$/;
/** What passes when somebody makes room: no space, a quota, a bound of the process. */
const FULL_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** What passes when the disk is mounted again, or files are closed. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set(['EIO', 'EMFILE', 'ENFILE', 'EROFS']);

/** Files in a folder that only the service may enter: they hold personal values. */
export class FolderFileStore extends FileStore {
  constructor(private readonly folder: string) {
    super();
  }

  override async create(key: string): Promise<FileWriter> {
    const path = this.pathOf(key);
    const file = await transient(async () => {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      return open(partial(path), 'w', 0o600);
    });
    return new FolderFileWriter(file, path, 0);
  }

  override async resume(key: string, atByte: number): Promise<FileWriter> {
    const path = this.pathOf(key);
    const file = await orMissing(key, () => open(partial(path), 'r+'));
    return new FolderFileWriter(file, path, atByte);
  }

  override async storedBytes(key: string): Promise<number> {
    const path = this.pathOf(key);
    const sizeOf = async (name: string) => (await stat(name)).size;
    return orMissing(key, () => sizeOf(partial(path)).catch(() => sizeOf(path)));
  }

  override async *read(key: string, fromByte = 0): AsyncIterable<Buffer> {
    const stream = createReadStream(this.pathOf(key), { start: fromByte, highWaterMark: PIECE_BYTES });
    try {
      for await (const piece of stream) yield piece as Buffer;
    } catch (error) {
      throw missingOr(key, error);
    }
  }

  override async remove(key: string): Promise<void> {
    const path = this.pathOf(key);
    await transient(async () => {
      await rm(path, { force: true });
      await rm(partial(path), { force: true });
    });
  }

  private pathOf(key: string): string {
    if (!KEY.test(key)) throw new RangeError('Not the key of a file');
    return join(this.folder, key);
  }
}

class FolderFileWriter implements FileWriter {
  private isOpen = true;

  constructor(
    private readonly file: FileHandle,
    private readonly path: string,
    /** Where the next bytes go: two writers of the same bytes do no harm to each other. */
    private atByte: number,
  ) {}

  async write(bytes: Buffer): Promise<void> {
    await transient(async () => {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await this.file.write(bytes, at, bytes.length - at, this.atByte);
        at += bytesWritten;
        this.atByte += bytesWritten;
      }
    });
  }

  async finish(): Promise<void> {
    await transient(async () => {
      await this.syncAndClose();
      await rename(partial(this.path), this.path);
    });
  }

  async suspend(): Promise<void> {
    await transient(() => this.syncAndClose());
  }

  async discard(): Promise<void> {
    await transient(async () => {
      await this.close();
      await rm(partial(this.path), { force: true });
    });
  }

  /** A full disk, which refuses to sync, would otherwise cost a file descriptor at each attempt. */
  private async syncAndClose(): Promise<void> {
    try {
      await this.file.sync();
    } finally {
      await this.close();
    }
  }

  private async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.file.close();
  }
}

function partial(path: string): string {
  return `${path}.part`;
}

async function transient<Result>(work: () => Promise<Result>): Promise<Result> {
  return work().catch((error: unknown) => {
    throw asTransient(error);
  });
}

async function orMissing<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  return work().catch((error: unknown) => {
    throw missingOr(key, error);
  });
}

function missingOr(key: string, error: unknown): unknown {
  return codeOf(error) === 'ENOENT' ? new FileMissing(`There is no file ${key}`, { cause: error }) : asTransient(error);
}

function asTransient(error: unknown): unknown {
  if (FULL_CODES.has(codeOf(error))) return new StorageFull('The file store has no room left', { cause: error });
  return TRANSIENT_CODES.has(codeOf(error))
    ? new TransientError(`The file store failed: ${codeOf(error)}`, { cause: error })
    : error;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
