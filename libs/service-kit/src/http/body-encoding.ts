import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance, RequestPayload } from 'fastify';
import { RequestRefusal } from '../errors/problem.js';

const MULTIPART = /^multipart\//i;

/**
 * Takes bodies packed with gzip wherever a body is taken; how large one may be is bounded by its unpacked size, as it is
 * unpacked. Forms are read from the connection itself, so they come unpacked.
 */
export function acceptPackedBodies(server: FastifyInstance): void {
  server.addHook('preParsing', async (request, _, payload) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    if (encoding === 'identity') return payload;
    if (encoding !== 'gzip' || MULTIPART.test(request.headers['content-type'] ?? '')) {
      throw new RequestRefusal(
        415,
        'unsupported_encoding',
        'The body must be plain or packed with gzip; a form must be plain.',
      );
    }
    return unpacked(payload);
  });
}

function unpacked(payload: RequestPayload): RequestPayload {
  const body: RequestPayload = Readable.from(
    pieces(payload, (bytes) => (body.receivedEncodedLength = bytes)),
    {
      objectMode: false,
    },
  );
  body.receivedEncodedLength = 0;
  return body;
}

/** `onReceived` is told the packed bytes so far: the length that the request announced is theirs. */
async function* pieces(payload: RequestPayload, onReceived: (bytes: number) => void): AsyncGenerator<Buffer> {
  let received = 0;
  payload.on('data', (piece: Buffer) => onReceived((received += piece.length)));
  // Errors of both streams come out of the last one.
  const plain = pipeline(payload, createGunzip(), () => undefined);
  try {
    for await (const piece of plain) yield piece as Buffer;
  } catch (error) {
    if (isBroken(error)) throw new RequestRefusal(400, 'malformed_gzip', 'The body is not valid gzip.');
    throw new RequestRefusal(400, 'malformed_request', 'The body did not arrive whole.');
  }
}

function isBroken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
}
