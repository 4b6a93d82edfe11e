import type { IHeaders, KafkaMessage } from 'kafkajs';

/** A record of somebody else's, as it arrived. */
export interface ForeignRecord {
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: IHeaders;
  /** Milliseconds; when the brokers took it, where the topic is set so. */
  readonly timestamp: number;
}

/** Records of one partition, in the order of their offsets, to be handled together. */
export interface RecordBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly ForeignRecord[];
  /** Whether a batch with these records may have been begun before, and what it did counts as this one's. */
  readonly mayBeRepeated: boolean;
}

export function foreignRecord({ offset, key, value, headers, timestamp }: KafkaMessage): ForeignRecord {
  return { offset: Number(offset), key, value, headers: headers ?? {}, timestamp: Number(timestamp) };
}

export function bytesOfRecord({ key, value }: ForeignRecord): number {
  return (key?.length ?? 0) + (value?.length ?? 0);
}

/**
 * The one value of a header; `undefined` when there is none, when it is null or when it is repeated. Headers of strangers may be called
 * like a property of every object.
 */
export function headerOf({ headers }: Pick<ForeignRecord, 'headers'>, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return Buffer.isBuffer(value) ? value.toString('utf8') : undefined;
}
