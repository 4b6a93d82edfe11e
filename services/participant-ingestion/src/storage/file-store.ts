/** Nothing is stored under this key: it was never finished, or is gone. */
export class FileMissing extends Error {
  override readonly name = 'FileMissing';
}

/** A file while it is written. Nobody sees it before `finish`. */
export interface FileWriter {
  write(bytes: Buffer): Promise<void>;
  /** Makes the file durable and visible. */
  finish(): Promise<void>;
  /** Makes what was written durable, to be gone on with by `resume`. Nobody sees the file yet. */
  suspend(): Promise<void>;
  /** Gives up; nothing stays. May be called after anything, also after `finish`, where it does nothing. */
  discard(): Promise<void>;
}

/** Uploaded files by key, a UUID. Throws `TransientError` when the store is away, `StorageFull` when it has no room. */
export abstract class FileStore {
  abstract create(key: string): Promise<FileWriter>;
  /** Goes on with a file that was suspended or whose writer died, behind its first bytes. Throws `FileMissing`. */
  abstract resume(key: string, atByte: number): Promise<FileWriter>;
  /** How many bytes of a file are stored, whether it is finished or not. Throws `FileMissing`. */
  abstract storedBytes(key: string): Promise<number>;
  /** The bytes from `fromByte` on, in pieces. Throws `FileMissing`. */
  abstract read(key: string, fromByte?: number): AsyncIterable<Buffer>;
  /** Removes a file, or what was left of writing one; there may be none. */
  abstract remove(key: string): Promise<void>;
}
