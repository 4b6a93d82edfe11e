import replyFrom from '@fastify/reply-from';
import fastify, { type FastifyReply } from 'fastify';

const ANSWER_MS_MAX = 120_000;
const BODY_BYTES_MAX = 4 * 1024 ** 3;
const PROBLEM = 'application/problem+json';

export interface FrontDoorOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** The addresses of those who serve `/api/<prefix>` now; undefined when nobody ever does. */
  readonly upstreamsOf: (prefix: string) => readonly string[] | undefined;
}

export interface FrontDoor {
  readonly url: string;
  stop(): Promise<void>;
}

/** One address for all services: a request goes to the next replica of the service whose prefix it names. */
export async function openFrontDoor({ host, port, upstreamsOf }: FrontDoorOptions): Promise<FrontDoor> {
  const server = fastify({ bodyLimit: BODY_BYTES_MAX, forceCloseConnections: true });
  await server.register(replyFrom, { undici: { headersTimeout: ANSWER_MS_MAX, bodyTimeout: ANSWER_MS_MAX } });
  // Bodies pass through as they come, whatever they are.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, body, done) => done(null, body));
  let turn = 0;
  server.all<{ Params: { prefix: string } }>('/api/:prefix/*', (request, reply) => {
    const upstreams = upstreamsOf(request.params.prefix);
    if (upstreams === undefined) return refuse(reply, 404, 'not_found', 'No service has this address.');
    turn += 1;
    const upstream = upstreams[turn % upstreams.length];
    if (upstream === undefined) return refuse(reply, 503, 'unavailable', 'No replica of the service is up just now.');
    return reply.from(`${upstream}${request.url}`, {
      onError: () => void refuse(reply, 503, 'unavailable', 'The replica that was asked went away.'),
    });
  });
  const url = await server.listen({ host, port });
  return { url, stop: () => server.close() };
}

function refuse(reply: FastifyReply, status: number, code: string, detail: string): FastifyReply {
  const type = `urn:poinciana:problem:${code}`;
  return reply.code(status).type(PROBLEM).send(JSON.stringify({ type, status, code, detail }));
}
