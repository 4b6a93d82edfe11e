const CONTINUES = 0x80;

/** Bytes that an integer takes, of at most 31 bits, positive or -1. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = zigzag(value) / CONTINUES; rest >= 1; rest /= CONTINUES) bytes += 1;
  return bytes;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Writes the plain types of Kafka's protocol one after the other, into bytes whose number was found out before. */
export class WireWriter {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  int8(value: number): void {
    this.at = this.bytes.writeInt8(value, this.at);
  }

  int16(value: number): void {
    this.at = this.bytes.writeInt16BE(value, this.at);
  }

  int32(value: number): void {
    this.at = this.bytes.writeInt32BE(value, this.at);
  }

  int64(value: number): void {
    this.at = this.bytes.writeBigInt64BE(BigInt(value), this.at);
  }

  /** Of at most 31 bits, positive or -1. */
  varint(value: number): void {
    let rest = zigzag(value);
    for (; rest >= CONTINUES; rest = Math.floor(rest / CONTINUES)) {
      this.at = this.bytes.writeUInt8((rest % CONTINUES) + CONTINUES, this.at);
    }
    this.at = this.bytes.writeUInt8(rest, this.at);
  }

  /** With its length in bytes before it; null has the length -1. */
  data(value: string | Buffer | null, length: number): void {
    this.varint(length);
    if (typeof value === 'string') this.at += this.bytes.write(value, this.at, 'utf8');
    else if (value !== null) this.at += value.copy(this.bytes, this.at);
  }
}
