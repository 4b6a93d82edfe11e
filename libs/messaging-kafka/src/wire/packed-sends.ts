import { createRequire } from 'node:module';
import { PackedRecords } from './packed-records.js';

/** What is used of how kafkajs writes. */
interface Encoder {
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeString(value: string | null): Encoder;
  writeBuffer(bytes: Buffer): Encoder;
}
interface Wishes {
  readonly acks: number;
  readonly timeout: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly messages: readonly object[] }[];
  }[];
}
interface Call {
  readonly request: { readonly encode: () => Promise<Encoder> };
}
interface Api {
  protocol: (choice: { readonly version: number }) => ((wishes: Wishes) => Call) | undefined;
}

/** From this version on a send holds batches of the form that brokers keep. */
const VERSION_MIN = 3;
const load = createRequire(import.meta.url);
let isInstalled = false;

/**
 * kafkajs 2.2.4 takes two kilobytes of fresh memory for each record that it writes, and copies each byte five times. With this, a send
 * of `PackedRecords` is written as it was packed, all others as before.
 */
export function sendPackedRecords(): void {
  if (isInstalled) return;
  isInstalled = true;
  const { requests }: { readonly requests: { readonly Produce: Api } } = load('kafkajs/src/protocol/requests');
  const known = requests.Produce.protocol;
  requests.Produce.protocol = (choice) => {
    const callOf = known(choice);
    return callOf && ((wishes) => packedCall(callOf(wishes), wishes, choice.version));
  };
}

function packedCall(call: Call, wishes: Wishes, version: number): Call {
  const parts = wishes.topicData.flatMap(({ topic, partitions }) => partitions.map((part) => ({ topic, ...part })));
  const messages = parts.flatMap((part) => part.messages);
  if (!messages.some((message) => message instanceof PackedRecords)) return call;
  const [part] = parts;
  const [packed] = messages;
  if (part === undefined || !(packed instanceof PackedRecords) || messages.length > 1 || version < VERSION_MIN) {
    // Anything else would send a record without a value in their place.
    throw new TypeError('Packed records go out by themselves, to brokers of Kafka 0.11 or newer');
  }
  const encode = async (): Promise<Encoder> => {
    const NewEncoder: new () => Encoder = load('kafkajs/src/protocol/encoder');
    const transactionalId = null;
    return new NewEncoder()
      .writeString(transactionalId)
      .writeInt16(wishes.acks)
      .writeInt32(wishes.timeout)
      .writeInt32(1)
      .writeString(part.topic)
      .writeInt32(1)
      .writeInt32(part.partition)
      .writeInt32(packed.batch.length)
      .writeBuffer(packed.batch);
  };
  return { ...call, request: { ...call.request, encode } };
}
