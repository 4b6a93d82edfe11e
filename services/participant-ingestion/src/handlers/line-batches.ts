import { DomainError } from '@poinciana/event-sourcing';
import { BATCH_ITEMS_MAX } from './item-batch.js';

/** The longest line, in bytes, as the longest record of a file. */
export const LINE_BYTES_MAX = 1024 * 1024;
/** A batch ends when it has this many bytes, or BATCH_ITEMS_MAX lines. */
const BATCH_BYTES_MAX = 4 * 1024 * 1024;
const NEW_LINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Lines that follow on each other; `numbers` are their places in the whole, from 1. Blank ones count in the numbering only. */
export interface LineBatch {
  readonly numbers: readonly number[];
  readonly lines: readonly Buffer[];
}

/**
 * Cuts a body into lines and batches while the batch before is handled. Holds one batch and one piece of
 * the body, whatever comes: until the batch is taken, nothing more is read. Where `areWhole`, a batch is always full but for the last,
 * so that the same body is always cut at the same places; else whatever is there is a batch, and nobody waits for an answer.
 */
export class LineBatches {
  private open: { numbers: number[]; lines: Buffer[]; bytes: number } = { numbers: [], lines: [], bytes: 0 };
  private full: LineBatch | undefined;
  private end: { readonly error?: unknown } | undefined;
  private line = 0;
  private wakeTaker: (() => void) | undefined;
  private wakeReader: (() => void) | undefined;

  constructor(
    content: AsyncIterable<Buffer>,
    private readonly areWhole: boolean,
  ) {
    void this.read(content).then(
      () => this.finish({}),
      (error: unknown) => this.finish({ error }),
    );
  }

  /** The next batch; undefined at the end. Throws what reading threw, after what came before it. */
  async next(): Promise<LineBatch | undefined> {
    while (!this.isReady()) await new Promise<void>((resolve) => (this.wakeTaker = resolve));
    const batch = this.full ?? this.closed();
    this.full = undefined;
    this.wakeReader?.();
    if (batch.lines.length > 0) return batch;
    if (this.end !== undefined && 'error' in this.end) throw this.end.error;
    return undefined;
  }

  private isReady(): boolean {
    return this.full !== undefined || this.end !== undefined || (!this.areWhole && this.open.lines.length > 0);
  }

  private async read(content: AsyncIterable<Buffer>): Promise<void> {
    let begun: Buffer = Buffer.alloc(0);
    for await (const piece of content) {
      let from = 0;
      for (let to = piece.indexOf(NEW_LINE); to >= 0; to = piece.indexOf(NEW_LINE, from)) {
        this.take(Buffer.concat([begun, piece.subarray(from, to)]));
        if (this.full !== undefined) await this.taken();
        begun = Buffer.alloc(0);
        from = to + 1;
      }
      begun = Buffer.concat([begun, piece.subarray(from)]);
      if (begun.length > LINE_BYTES_MAX) throw lineTooLong(this.line + 1);
      // Not at each line: what came together is handled together.
      this.wakeTaker?.();
    }
    this.take(begun);
  }

  /** Waits until the full batch was taken. */
  private async taken(): Promise<void> {
    this.wakeTaker?.();
    while (this.full !== undefined) await new Promise<void>((resolve) => (this.wakeReader = resolve));
  }

  private take(bytes: Buffer): void {
    this.line += 1;
    const line = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
    if (line.length > LINE_BYTES_MAX) throw lineTooLong(this.line);
    if (line.length === 0) return;
    this.open.numbers.push(this.line);
    this.open.lines.push(line);
    this.open.bytes += line.length;
    if (this.open.lines.length === BATCH_ITEMS_MAX || this.open.bytes >= BATCH_BYTES_MAX) this.full = this.closed();
  }

  private closed(): LineBatch {
    const { numbers, lines } = this.open;
    this.open = { numbers: [], lines: [], bytes: 0 };
    return { numbers, lines };
  }

  private finish(end: { readonly error?: unknown }): void {
    this.end = end;
    this.wakeTaker?.();
  }
}

function lineTooLong(line: number): DomainError {
  return new DomainError('line_too_long', `A line is longer than 1 MiB. Line ${line}.`, 'tooLarge', { line });
}
