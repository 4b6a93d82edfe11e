import { fileProblem } from './file-problem.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How a file's bytes are text. */
export interface FileEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly markBytes: number;
}

/** What a strict decoder throws, by its code in Node. */
const UNDECODABLE = 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** Bytes needed to tell. */
export const MARK_BYTES_MAX = 3;

/** UTF-8 with or without a mark, UTF-16 with one ([P]5). `start`: the first bytes of the file. */
export function detectEncoding(start: Uint8Array): FileEncoding {
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const marked = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
  return { encoding: 'utf-8', markBytes: marked ? 3 : 0 };
}

/** Text of a file, piece by piece, as UTF-8. Refuses bytes that are no text. */
export class TextReader {
  private readonly decoder: InstanceType<typeof TextDecoder>;

  constructor(private readonly encoding: Encoding) {
    this.decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  read(bytes: Buffer): Buffer {
    const text = this.decode(() => this.decoder.decode(bytes, { stream: true }));
    return this.encoding === 'utf-8' ? bytes : Buffer.from(text, 'utf8');
  }

  /** Throws when the file ends inside a character. */
  end(): void {
    this.decode(() => this.decoder.decode());
  }

  private decode(work: () => string): string {
    try {
      return work();
    } catch (error) {
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === UNDECODABLE)
        throw fileProblem('undecodable');
      throw error;
    }
  }
}
