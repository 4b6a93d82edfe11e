import { FetchedRecord } from './fetched-record.js';
import { UnreadableError, WireReader } from './wire-reader.js';

/** Of a batch of records: where the byte stands that says its form, and the length that is counted from behind itself. */
const MAGIC_AT = 16;
const LENGTH_AT = 8;
const BATCH_OVERHEAD = 12;
const BATCH_HEADER = 61;
const MAGIC = 2;
const COMPRESSION = 0x7;
const STAMPED_BY_BROKERS = 0x8;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/** An answer to a fetch of version 11, with the names that kafkajs has. */
export interface FetchAnswer {
  readonly throttleTime: number;
  readonly clientSideThrottleTime: number;
  readonly errorCode: number;
  readonly sessionId: number;
  readonly responses: readonly { readonly topicName: string; readonly partitions: readonly FetchedPartition[] }[];
}

interface FetchedPartition {
  readonly partition: number;
  readonly errorCode: number;
  readonly highWatermark: string;
  readonly lastStableOffset: string;
  readonly lastStartOffset: string;
  readonly abortedTransactions: readonly { readonly producerId: string; readonly firstOffset: string }[];
  readonly preferredReadReplica: number;
  readonly messages: readonly FetchedRecord[];
}

/** Reads an answer whose records are neither compressed nor of an older form; undefined for any other. */
export function plainFetchAnswer(bytes: Buffer): FetchAnswer | undefined {
  try {
    const reader = new WireReader(bytes, 0);
    const clientSideThrottleTime = reader.int32();
    const errorCode = reader.int16();
    const sessionId = reader.int32();
    const responses = arrayOf(reader, () => ({
      topicName: reader.text(reader.int16()) ?? '',
      partitions: arrayOf(reader, () => partitionOf(reader)),
    }));
    // kafkajs means by it what the brokers have waited already; here whoever asks is to wait.
    return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses };
  } catch (error) {
    // Bytes that cannot be read so are for kafkajs to read or to refuse.
    if (error instanceof UnreadableError) return undefined;
    throw error;
  }
}

function partitionOf(reader: WireReader): FetchedPartition {
  return {
    partition: reader.int32(),
    errorCode: reader.int16(),
    highWatermark: String(reader.int64()),
    lastStableOffset: String(reader.int64()),
    lastStartOffset: String(reader.int64()),
    abortedTransactions: arrayOf(reader, () => ({
      producerId: String(reader.int64()),
      firstOffset: String(reader.int64()),
    })),
    preferredReadReplica: reader.int32(),
    messages: recordsOf(reader),
  };
}

/** The records of all batches that are there as a whole; of the last one a fetch may bring a part. */
function recordsOf(reader: WireReader): readonly FetchedRecord[] {
  const bytes = reader.slice(Math.max(0, reader.int32()));
  const records: FetchedRecord[] = [];
  if (bytes === null) return records;
  for (let at = 0; bytes.length - at > MAGIC_AT;) {
    if (bytes[at + MAGIC_AT] !== MAGIC) throw new UnreadableError('A batch of records is of an older form');
    const end = at + BATCH_OVERHEAD + bytes.readInt32BE(at + LENGTH_AT);
    if (end > bytes.length || end < at + BATCH_HEADER) break;
    readBatch(bytes.subarray(at, end), records);
    at = end;
  }
  return records;
}

function readBatch(bytes: Buffer, records: FetchedRecord[]): void {
  const reader = new WireReader(bytes, 0);
  const firstOffset = Number(reader.int64());
  reader.forward(MAGIC_AT + 1 + 4 - reader.at);
  const attributes = reader.int16();
  if ((attributes & COMPRESSION) !== 0) throw new UnreadableError('A batch of records is compressed');
  reader.int32();
  const firstTimestamp = Number(reader.int64());
  const maxTimestamp = Number(reader.int64());
  const context = {
    firstOffset,
    firstTimestamp,
    appendTime: (attributes & STAMPED_BY_BROKERS) === 0 ? undefined : maxTimestamp,
    isControlBatch: (attributes & CONTROL) !== 0,
    inTransaction: (attributes & TRANSACTIONAL) !== 0,
    producerId: String(reader.int64()),
  };
  reader.int16();
  reader.int32();
  for (let left = reader.int32(); left > 0; left -= 1) records.push(new FetchedRecord(reader, context));
}

/** An array of length -1 is none. */
function arrayOf<Item>(reader: WireReader, read: () => Item): readonly Item[] {
  const items: Item[] = [];
  for (let left = reader.int32(); left > 0; left -= 1) items.push(read());
  return items;
}
