import { createRequire } from 'node:module';
import type { Message } from 'kafkajs';
import { varintBytes, WireWriter } from './wire-writer.js';

const crc32C: (bytes: Buffer) => number = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/crc32C');

/** Of a batch of records: where its checksum stands, what it is of, and the length that is counted from behind itself. */
const CRC_AT = 17;
const SUMMED_FROM = 21;
const BATCH_OVERHEAD = 12;
const BATCH_HEADER = 61;
const MAGIC = 2;
const NO_PRODUCER = -1;

/** A record with the lengths of its parts in bytes. */
interface Measured {
  readonly key: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers: readonly { readonly name: string; readonly value: string | Buffer }[];
  /** Of key, value, and the name and value of each header in their order. */
  readonly lengths: readonly number[];
  readonly bodyBytes: number;
}

/** All records of a send, as the one message of it that kafkajs sees. */
export class PackedRecords implements Message {
  readonly value = null;

  private constructor(
    readonly partition: number,
    readonly batch: Buffer,
  ) {}

  /** One batch in the bytes of the protocol. Undefined for records with a time of their own or a header with several values. */
  static of(partition: number, records: readonly Message[], now: number): PackedRecords | undefined {
    const measured: Measured[] = [];
    let bytes = BATCH_HEADER;
    for (const record of records) {
      const one = measure(record, measured.length);
      if (one === undefined) return undefined;
      measured.push(one);
      bytes += varintBytes(one.bodyBytes) + one.bodyBytes;
    }
    const batch = Buffer.allocUnsafe(bytes);
    const writer = new WireWriter(batch, 0);
    writeHeader(writer, bytes, records.length, now);
    measured.forEach((one, index) => writeRecord(writer, one, index));
    batch.writeUInt32BE(crc32C(batch.subarray(SUMMED_FROM)), CRC_AT);
    return new PackedRecords(partition, batch);
  }
}

function measure({ key = null, value, headers = {}, timestamp }: Message, offsetDelta: number): Measured | undefined {
  if (timestamp !== undefined) return undefined;
  const named: { name: string; value: string | Buffer }[] = [];
  const lengths = [lengthOf(key), lengthOf(value)];
  for (const [name, text] of Object.entries(headers)) {
    if (typeof text !== 'string' && !Buffer.isBuffer(text)) return undefined;
    named.push({ name, value: text });
    lengths.push(lengthOf(name), lengthOf(text));
  }
  // The attributes and a time that is the batch's own take a byte each.
  let bodyBytes = 2 + varintBytes(offsetDelta) + varintBytes(named.length);
  for (const length of lengths) bodyBytes += varintBytes(length) + Math.max(0, length);
  return { key, value, headers: named, lengths, bodyBytes };
}

function lengthOf(value: string | Buffer | null): number {
  return value === null ? -1 : Buffer.byteLength(value);
}

function writeHeader(writer: WireWriter, bytes: number, count: number, now: number): void {
  const [firstOffset, leaderEpoch, crc, attributes, epoch, sequence] = [0, 0, 0, 0, 0, 0];
  writer.int64(firstOffset);
  writer.int32(bytes - BATCH_OVERHEAD);
  writer.int32(leaderEpoch);
  writer.int8(MAGIC);
  writer.int32(crc);
  writer.int16(attributes);
  writer.int32(count - 1);
  writer.int64(now);
  writer.int64(now);
  writer.int64(NO_PRODUCER);
  writer.int16(epoch);
  writer.int32(sequence);
  writer.int32(count);
}

function writeRecord(writer: WireWriter, { key, value, headers, lengths, bodyBytes }: Measured, index: number): void {
  let part = 0;
  const length = (): number => lengths[part++] ?? -1;
  writer.varint(bodyBytes);
  writer.int8(0);
  writer.varint(0);
  writer.varint(index);
  writer.data(key, length());
  writer.data(value, length());
  writer.varint(headers.length);
  for (const header of headers) {
    writer.data(header.name, length());
    writer.data(header.value, length());
  }
}
