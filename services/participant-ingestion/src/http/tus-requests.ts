import { Readable } from 'node:stream';
import { MemoryLocker, Server } from '@tus/server';
import { FILE_BYTES_MAX, fileProblem } from '@poinciana/participant-file';
import { RequestRefusal } from '@poinciana/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReceiveParts } from '../handlers/receive-parts.js';
import { type TusSubject, TusStore } from './tus-store.js';

/** The type of a body that is a part of a file. */
export const TUS_PART = 'application/offset+octet-stream';
const TUS_VERSION = { 'tus-resumable': '1.0.0' };
/** What of the protocol's answer a caller gets. */
const ANSWERED = [
  ...['tus-resumable', 'location', 'cache-control'],
  ...['upload-offset', 'upload-length', 'upload-metadata', 'upload-expires'],
];

export interface TusPorts {
  readonly receiveParts: ReceiveParts;
  /** How long an upload that was broken off may be gone on with. */
  readonly unfinishedMs: number;
  /** A file is whole. */
  readonly onReceived: () => void;
}

/** Answers requests of the protocol tus 1.0 for resumable uploads by its own server library; a caller has been let in before. */
export class TusRequests {
  /** One part of an upload at a time in this process; in others, the same bytes would go to the same places. */
  private readonly locker = new MemoryLocker();

  constructor(private readonly ports: TusPorts) {}

  /** Throws a `DomainError`, `TransientError` or `RequestRefusal` when the request is refused. */
  async answer(subject: TusSubject, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    let failure: unknown;
    const server = this.serverOf(subject, request, (error) => (failure = error));
    const response = await server.handleWeb(webRequestOf(request));
    if (response.status >= 400) throw failure instanceof Error ? failure : refusalOf(response.status);
    for (const name of ANSWERED) {
      const value = response.headers.get(name);
      if (value !== null) void reply.header(name, value);
    }
    void reply.status(response.status);
  }

  private serverOf(subject: TusSubject, { url }: FastifyRequest, onFailure: (error: unknown) => void): Server {
    const { receiveParts, unfinishedMs, onReceived } = this.ports;
    return new Server({
      path: url.split('?')[0] ?? url,
      relativeLocation: true,
      maxSize: FILE_BYTES_MAX,
      locker: this.locker,
      datastore: new TusStore(receiveParts, subject, unfinishedMs),
      disableTerminationForFinishedUploads: true,
      namingFunction: () => subject.id,
      getFileIdFromRequest: () => subject.id,
      onUploadFinish: async (_, { id, size = 0 }) => {
        await receiveParts.finish(id, size);
        onReceived();
        return {};
      },
      onResponseError: (_, error) => {
        onFailure(error);
        return undefined;
      },
    });
  }
}

function webRequestOf({ method, url, headers, body }: FastifyRequest): Request {
  const given = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const about = { method, headers: given };
  const address = new URL(url, 'http://service');
  if (!(body instanceof Readable)) return new Request(address, about);
  return new Request(address, { ...about, body: Readable.toWeb(body) as ReadableStream, duplex: 'half' });
}

/** What the protocol's server refuses by itself, by its status. */
function refusalOf(status: number): Error {
  switch (status) {
    case 409:
      return new RequestRefusal(
        409,
        'upload_offset_differs',
        'The part does not begin where the stored bytes end; ask for `upload-offset` by HEAD and go on there.',
        undefined,
        TUS_VERSION,
      );
    case 410:
      return new RequestRefusal(
        410,
        'upload_expired',
        'The upload was not finished in time; begin a new one.',
        undefined,
        TUS_VERSION,
      );
    case 413:
      return fileProblem('file_too_large');
    default:
      return new RequestRefusal(
        status === 412 ? 412 : 400,
        'malformed_resumable_upload',
        'The request does not follow the protocol tus 1.0.0, or its body did not arrive whole.',
        undefined,
        TUS_VERSION,
      );
  }
}
