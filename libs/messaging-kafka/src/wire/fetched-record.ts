import type { IHeaders, RecordBatchEntry } from 'kafkajs';
import { UnreadableError, WireReader } from './wire-reader.js';

/** What all records of a batch have in common, as kafkajs names it. */
export interface BatchContext {
  readonly firstOffset: number;
  readonly firstTimestamp: number;
  /** Where the brokers stamp the records, their one time. */
  readonly appendTime: number | undefined;
  readonly isControlBatch: boolean;
  readonly inTransaction: boolean;
  readonly producerId: string;
}

/**
 * A record in the bytes of a fetch, as kafkajs hands it over. Only where its parts are is found out at once: of most records a
 * consumer wants one header, and of a quarter of them the value.
 */
export class FetchedRecord implements RecordBatchEntry {
  readonly magicByte = 2;
  readonly attributes: number;
  readonly offset: string;
  private readonly bytes: Buffer;
  private readonly keyAt: number;
  private readonly timestampDelta: number;
  private readonly valueAt: number;
  private readonly headersAt: number;
  private valueBytes: Buffer | null | undefined;

  /** Reads up to the end of the record. Throws `UnreadableError` when it is not in the bytes. */
  constructor(
    reader: WireReader,
    readonly batchContext: BatchContext,
  ) {
    const length = reader.varint();
    const end = reader.at + length;
    if (length <= 0 || end > reader.bytes.length) throw new UnreadableError('A record is longer than its batch');
    this.bytes = reader.bytes;
    this.attributes = reader.int8();
    this.timestampDelta = reader.varint();
    this.offset = String(batchContext.firstOffset + reader.varint());
    this.keyAt = reader.at;
    reader.forward(reader.varint());
    this.valueAt = reader.at;
    reader.forward(reader.varint());
    this.headersAt = reader.at;
    reader.at = end;
  }

  get isControlRecord(): boolean {
    return this.batchContext.isControlBatch;
  }

  /** Milliseconds since 1970. */
  get timestamp(): string {
    const { appendTime, firstTimestamp } = this.batchContext;
    return String(appendTime ?? firstTimestamp + this.timestampDelta);
  }

  get key(): Buffer | null {
    return this.sliceAt(this.keyAt);
  }

  get value(): Buffer | null {
    this.valueBytes ??= this.sliceAt(this.valueAt);
    return this.valueBytes;
  }

  /** A name that stands there several times has all its values. No name is anything but a name. */
  get headers(): IHeaders {
    const reader = new WireReader(this.bytes, this.headersAt);
    const headers: Record<string, Buffer | null | (Buffer | null)[]> = Object.create(null);
    for (let left = reader.varint(); left > 0; left -= 1) {
      const name = reader.text(reader.varint()) ?? '';
      const value = reader.slice(reader.varint());
      const before = headers[name];
      if (before === undefined) headers[name] = value;
      else headers[name] = Array.isArray(before) ? [...before, value] : [before, value];
    }
    return headers as IHeaders;
  }

  /** The text of a header; undefined when there is none of the name, or several. Makes nothing of the others. */
  headerText(name: string): string | undefined {
    const reader = new WireReader(this.bytes, this.headersAt);
    let found: string | undefined;
    for (let left = reader.varint(); left > 0; left -= 1) {
      const isIt = reader.text(reader.varint()) === name;
      const length = reader.varint();
      if (isIt && found !== undefined) return undefined;
      if (isIt) found = reader.text(length);
      else reader.forward(length);
    }
    return found;
  }

  private sliceAt(at: number): Buffer | null {
    const reader = new WireReader(this.bytes, at);
    return reader.slice(reader.varint());
  }
}
