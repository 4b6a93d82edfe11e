import { createRequire } from 'node:module';
import kafkajs from 'kafkajs';

/** What kafkajs calls for a compressed batch. */
interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}

interface Lz4 {
  compress(bytes: Uint8Array): Uint8Array;
  decompress(bytes: Uint8Array): Uint8Array;
}

interface ZstdStreaming {
  compress(bytes: Uint8Array): Uint8Array;
  decompress(bytes: Uint8Array): Uint8Array | null;
}

interface ZstdModule {
  readonly ZstdCodec: {
    run(ready: (binding: { readonly Streaming: new () => ZstdStreaming }) => void): void;
  };
}

const { CompressionCodecs, CompressionTypes } = kafkajs;
// None of the three has types of its own.
const load = createRequire(import.meta.url);
let isRegistered = false;

/**
 * Lets every consumer of this process read what anybody compressed in any way. Without it one batch in snappy, lz4 or zstd,
 * the default of many clients, stops a consumer for good. gzip is built in.
 */
export function registerCodecs(): void {
  if (isRegistered) return;
  isRegistered = true;
  const snappy: () => Codec = load('kafkajs-snappy');
  CompressionCodecs[CompressionTypes.Snappy] = snappy;
  CompressionCodecs[CompressionTypes.LZ4] = lz4Codec;
  CompressionCodecs[CompressionTypes.ZSTD] = zstdCodec;
}

interface XxHash {
  hash(seed: number, bytes: Uint8Array, from: number, length: number): number;
}

/** Where the flags of an LZ4 frame stand, the flag that its blocks do not refer to each other, and where their checksum stands. */
const LZ4_FLAGS_AT = 4;
const LZ4_FLAGS_LENGTH = 2;
const LZ4_INDEPENDENT = 0x20;
const LZ4_BLOCK_BYTES_MAX = 4 * 1024 * 1024;

function lz4Codec(): Codec {
  const lz4: Lz4 = load('lz4js');
  const xxHash: XxHash = load('lz4js/xxh32.js');
  return {
    compress: async ({ buffer }) => {
      if (buffer.length > LZ4_BLOCK_BYTES_MAX) throw new RangeError('A batch for LZ4 is larger than one block');
      const frame = Buffer.from(lz4.compress(buffer));
      // The brokers refuse a frame that does not say so, and with one block it is true.
      frame[LZ4_FLAGS_AT] = frame.readUInt8(LZ4_FLAGS_AT) | LZ4_INDEPENDENT;
      const checksum = xxHash.hash(0, frame, LZ4_FLAGS_AT, LZ4_FLAGS_LENGTH);
      frame[LZ4_FLAGS_AT + LZ4_FLAGS_LENGTH] = (checksum >> 8) & 0xff;
      return frame;
    },
    decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
  };
}

let zstd: Promise<ZstdStreaming> | undefined;

/** The one that reads frames without a size in them, as the Java client writes them. */
function loadZstd(): Promise<ZstdStreaming> {
  const { ZstdCodec }: ZstdModule = load('zstd-codec');
  return new Promise((resolve) => ZstdCodec.run(({ Streaming }) => resolve(new Streaming())));
}

function zstdCodec(): Codec {
  return {
    compress: async ({ buffer }) => Buffer.from((await (zstd ??= loadZstd())).compress(buffer)),
    decompress: async (buffer) => {
      const bytes = (await (zstd ??= loadZstd())).decompress(buffer);
      if (bytes === null) throw new Error('A zstd frame cannot be read');
      return Buffer.from(bytes);
    },
  };
}
