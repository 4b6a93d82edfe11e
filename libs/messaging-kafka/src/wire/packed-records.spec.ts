import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import type { Message } from 'kafkajs';
import { PackedRecords } from './packed-records.js';
import { sendPackedRecords } from './packed-sends.js';

interface Encoder {
  readonly buffer: Buffer;
}
interface Wishes {
  readonly acks: number;
  readonly timeout: number;
  readonly topicData: readonly object[];
}
type Protocol = (choice: {
  readonly version: number;
}) => (wishes: Wishes) => { readonly request: { encode(): Promise<Encoder> } };

const load = createRequire(import.meta.url);
const { requests }: { readonly requests: { readonly Produce: { readonly protocol: Protocol } } } = load(
  'kafkajs/src/protocol/requests',
);
sendPackedRecords();

const PARTITION = 3;
const RECORDS: readonly Message[] = [
  { key: 'one', value: 'a value', headers: { place: 'event 0:12 11 participant' } },
  { key: null, value: null },
  { key: Buffer.from([0, 255]), value: Buffer.from('ü'), headers: { 'with ü': '', bytes: Buffer.from([1, 2]) } },
  { key: '', value: 'ý'.repeat(70_000), headers: {} },
  ...Array.from({ length: 200 }, (_, at): Message => ({ key: `key ${at}`, value: 'x'.repeat(at) })),
];
/** Where the times of the batch stand behind its begin, and its checksum, which is of them as well. */
const TIMES = [17, 43] as const;

function wishesOf(messages: readonly Message[]): Wishes {
  return { acks: -1, timeout: 5_000, topicData: [{ topic: 'log', partitions: [{ partition: PARTITION, messages }] }] };
}

async function sent(messages: readonly Message[], version = 7): Promise<Buffer> {
  return (await requests.Produce.protocol({ version })(wishesOf(messages)).request.encode()).buffer;
}

function packed(records: readonly Message[], now = Date.now()): PackedRecords {
  const packedRecords = PackedRecords.of(PARTITION, records, now);
  if (packedRecords === undefined) throw new Error('These can be packed');
  return packedRecords;
}

/** Without what depends on the moment. */
function timeless(bytes: Buffer, batchBytes: number): string {
  const from = bytes.length - batchBytes;
  return Buffer.concat([bytes.subarray(0, from + TIMES[0]), bytes.subarray(from + TIMES[1])]).toString('hex');
}

test.each([3, 7])('are written as kafkajs writes them, in version %d', async (version) => {
  const own = packed(RECORDS);
  const [packedBytes, bytes] = [await sent([own], version), await sent(RECORDS, version)];
  expect(timeless(packedBytes, own.batch.length)).toBe(timeless(bytes, own.batch.length));
});

test('their checksum is right', async () => {
  const bytes = await sent(RECORDS.slice(0, 3));
  // The times are those of kafkajs, so that the sums can be compared.
  const length = packed(RECORDS.slice(0, 3)).batch.length;
  const batch = bytes.subarray(bytes.length - length);
  expect(packed(RECORDS.slice(0, 3), Number(batch.readBigInt64BE(27))).batch.equals(batch)).toBe(true);
});

test('what has a time of its own or a header with several values is not packed', () => {
  expect(PackedRecords.of(PARTITION, [{ value: 'x', timestamp: '1' }], 0)).toBeUndefined();
  expect(PackedRecords.of(PARTITION, [{ value: 'x', headers: { twice: ['1', '2'] } }], 0)).toBeUndefined();
});

test('they are never taken for one record without a value', () => {
  const call = (messages: readonly Message[], version: number) => () =>
    requests.Produce.protocol({ version })(wishesOf(messages));
  expect(call([packed(RECORDS), { value: 'x' }], 7)).toThrow(TypeError);
  expect(call([{ value: 'x' }, packed(RECORDS)], 7)).toThrow(TypeError);
  expect(call([packed(RECORDS)], 2)).toThrow(TypeError);
});
