import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { plainFetchAnswer } from './fetch-answer.js';

/** What is used of how kafkajs writes, which is held against how this reads. */
interface Encoder {
  readonly buffer: Buffer;
  writeInt8(value: number): Encoder;
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeInt64(value: number): Encoder;
  writeString(value: string): Encoder;
  writeEncoder(encoder: Encoder): Encoder;
  size(): number;
}

interface Sent {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly timestampDelta?: number;
}

const load = createRequire(import.meta.url);
const NewEncoder: new () => Encoder = load('kafkajs/src/protocol/encoder');
const Record: (record: object) => Encoder = load('kafkajs/src/protocol/recordBatch/record/v0');
const { RecordBatch }: { readonly RecordBatch: (batch: object) => Promise<Encoder> } = load(
  'kafkajs/src/protocol/recordBatch/v0',
);
const kafkajs: { decode(bytes: Buffer): Promise<object> } = load('kafkajs/src/protocol/requests/fetch/v11/response');

const FIRST = { firstOffset: 5_000_000_000, firstTimestamp: 1_770_000_000_123, maxTimestamp: 1_770_000_009_999 };
const GZIP = 1;
const ATTRIBUTES_AT = 21;
const STAMPED_BY_BROKERS = 8;

function batchOf(records: readonly Sent[], compression = 0): Promise<Encoder> {
  const encoded = records.map((record, offsetDelta) => Record({ ...record, offsetDelta }));
  return RecordBatch({ ...FIRST, compression, lastOffsetDelta: records.length - 1, records: encoded });
}

/** An answer about two partitions: one with these batches, one with nothing. */
function answerOf(batches: Buffer): Buffer {
  const partition = (number: number, size: number): Encoder =>
    new NewEncoder()
      .writeInt32(number)
      .writeInt16(0)
      .writeInt64(5_000_000_100)
      .writeInt64(5_000_000_090)
      .writeInt64(7)
      .writeInt32(1)
      .writeInt64(12)
      .writeInt64(13)
      .writeInt32(-1)
      .writeInt32(size);
  const head = new NewEncoder()
    .writeInt32(3)
    .writeInt16(0)
    .writeInt32(9)
    .writeInt32(1)
    .writeString('log')
    .writeInt32(2);
  return Buffer.concat([head.buffer, partition(4, batches.length).buffer, batches, partition(6, 0).buffer]);
}

/** Everything that a member can be asked for. */
function shown(answer: object): object {
  const { responses, ...rest } = answer as ReturnType<typeof plainFetchAnswer> & object;
  return {
    ...rest,
    responses: responses.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ messages, ...others }) => ({
        ...others,
        messages: messages.map((message) => ({
          key: message.key,
          value: message.value,
          headers: { ...message.headers },
          offset: message.offset,
          timestamp: message.timestamp,
          attributes: message.attributes,
          isControlRecord: message.isControlRecord,
          producerId: message.batchContext.producerId,
          inTransaction: message.batchContext.inTransaction,
        })),
      })),
    })),
  };
}

const RECORDS: readonly Sent[] = [
  { key: 'one', value: 'a value', headers: { place: 'event 0:12 11 participant' } },
  { key: null, value: null, timestampDelta: 300 },
  { key: '', value: '', headers: { 'with ü': '', twice: ['1', '2'] }, timestampDelta: -5_000_000_000 },
  { key: 'x'.repeat(63), value: 'y'.repeat(70_000), timestampDelta: 9_876_543_210_123 },
];

describe('an answer to a fetch is read as kafkajs reads it', () => {
  test('records of every shape, in several batches', async () => {
    const batches = [await batchOf(RECORDS), await batchOf([{ key: 'two', value: 'another' }])];
    const bytes = answerOf(Buffer.concat(batches.map(({ buffer }) => buffer)));
    const own = plainFetchAnswer(bytes);
    expect(own && shown(own)).toEqual(shown(await kafkajs.decode(bytes)));
  });

  test('records that the brokers stamped have one time', async () => {
    const { buffer } = await batchOf(RECORDS);
    buffer.writeInt16BE(STAMPED_BY_BROKERS, ATTRIBUTES_AT);
    const bytes = answerOf(buffer);
    const own = plainFetchAnswer(bytes);
    expect(own && shown(own)).toEqual(shown(await kafkajs.decode(bytes)));
  });

  test.each([1, 30, 61, 70, 1_000])('a batch of which the last %d bytes are missing is left out', async (missing) => {
    const [one, other] = [(await batchOf(RECORDS)).buffer, (await batchOf(RECORDS)).buffer];
    const bytes = answerOf(Buffer.concat([one, other.subarray(0, other.length - missing)]));
    const own = plainFetchAnswer(bytes);
    expect(own?.responses[0]?.partitions[0]?.messages).toHaveLength(RECORDS.length);
    expect(own && shown(own)).toEqual(shown(await kafkajs.decode(bytes)));
  });
});

test('what is compressed, of an older form, or no answer at all is left to kafkajs', async () => {
  expect(plainFetchAnswer(answerOf((await batchOf(RECORDS, GZIP)).buffer))).toBeUndefined();
  const older = (await batchOf(RECORDS)).buffer;
  older.writeInt8(1, 16);
  expect(plainFetchAnswer(answerOf(older))).toBeUndefined();
  const whole = answerOf((await batchOf(RECORDS)).buffer);
  expect(plainFetchAnswer(whole.subarray(0, 40))).toBeUndefined();
  expect(plainFetchAnswer(Buffer.alloc(3))).toBeUndefined();
});

test('no name of a header is taken for anything else', async () => {
  const record = { key: 'k', value: 'v', headers: { constructor: 'one', hasOwnProperty: 'two' } };
  const answer = plainFetchAnswer(answerOf((await batchOf([record])).buffer));
  const headers = answer?.responses[0]?.partitions[0]?.messages[0]?.headers ?? {};
  expect(Object.entries(headers).map(([name, value]) => `${name} ${String(value)}`)).toEqual([
    'constructor one',
    'hasOwnProperty two',
  ]);
});

test('the text of one header is found among others, and none where it stands twice', async () => {
  const headers = { other: 'x', place: 'here', twice: ['1', '2'] };
  const answer = plainFetchAnswer(answerOf((await batchOf([{ key: 'k', value: 'v', headers }])).buffer));
  const record = answer?.responses[0]?.partitions[0]?.messages[0];
  expect(['place', 'other', 'twice', 'missing'].map((name) => record?.headerText(name))).toEqual([
    'here',
    'x',
    undefined,
    undefined,
  ]);
});
