const CONTINUES = 0x80;
const BITS = 0x7f;
/** No number of the protocol has more bytes. */
const SCALE_MAX = 0x80 ** 9;

/** The bytes are not what they should be. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/** Reads the plain types of Kafka's protocol one after the other. Throws `UnreadableError` behind the end of the bytes. */
export class WireReader {
  constructor(
    readonly bytes: Buffer,
    public at: number,
  ) {}

  int8(): number {
    return this.bytes.readInt8(this.taken(1));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.taken(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.taken(4));
  }

  int64(): bigint {
    return this.bytes.readBigInt64BE(this.taken(8));
  }

  /** Of either width; exact as far as numbers are. */
  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= CONTINUES) {
      const byte = this.bytes[this.at];
      if (byte === undefined || scale > SCALE_MAX) throw new UnreadableError('A number of a record has no end');
      this.at += 1;
      value += (byte & BITS) * scale;
      if (byte < CONTINUES) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
  }

  /** Undefined stands for the length -1. */
  text(length: number): string | undefined {
    const from = this.at;
    this.forward(length);
    return length < 0 ? undefined : this.bytes.toString('utf8', from, this.at);
  }

  /** Null stands for the length -1. */
  slice(length: number): Buffer | null {
    const from = this.at;
    this.forward(length);
    return length < 0 ? null : this.bytes.subarray(from, this.at);
  }

  forward(length: number): void {
    this.taken(Math.max(0, length));
  }

  /** Where the next bytes begin that are being read. */
  private taken(length: number): number {
    const from = this.at;
    if (length > this.bytes.length - from) throw new UnreadableError('The bytes end too early');
    this.at += length;
    return from;
  }
}
