import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../errors/problem.js';
import { sendProblem } from '../errors/problem-filter.js';
import { refusalOf } from '../errors/refusal.js';
import type { Log } from '../logs/log.js';
import type { Metrics } from '../metrics/metrics.js';
import { boundBodies } from './body-bounds.js';
import { acceptPackedBodies } from './body-encoding.js';
import {
  checkAddress,
  checkHost,
  checkIdempotencyKey,
  foldUuids,
  parseBody,
  parseBodyOfAnyText,
} from './request-checks.js';
import { identityOf, REQUEST_ID_HEADER, requestIdOf } from './request-identity.js';
import type { RouteTable } from './route-table.js';

/** A body has at most this many bytes unless the settings say otherwise. Files do not come this way. */
export const BODY_BYTES_MAX = 1024 * 1024;
const PARAMETER_LENGTH_MAX = 500;
/** Headers that are not received whole in this time are given up; bodies have a bound of their own. */
const HEADERS_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;
const HEADER_BYTES_MAX = 16 * 1024;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route itself looks for texts that cannot be stored. */
    isTextReadByRoute?: boolean;
  }
}

/** Fastify as every service uses it: bounds, request ids, strict bodies, problem documents for what Nest never sees. */
export function createHttpServer(options: { readonly bodyBytesMax: number }): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: options.bodyBytesMax,
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    // Node would refuse a request without a host with an empty answer; `checkHost` says what is wrong.
    http: { maxHeaderSize: HEADER_BYTES_MAX, headersTimeout: HEADERS_MS, requireHostHeader: false },
    genReqId: requestIdOf,
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket),
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, refusalOf(error), request.id),
  });
}

interface HttpServerParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly routes: RouteTable;
  readonly bodyMs: number;
  isStopping(): boolean;
}

/** Adds what happens around every request. Before any route is registered. */
export function prepareHttpServer(server: FastifyInstance, parts: HttpServerParts): void {
  parts.routes.watch(server);
  refuseByRoute(server, parts.log);
  acceptJsonOnly(server);
  answerWithId(server);
  boundBodies(server, parts.bodyMs);
  acceptPackedBodies(server);
  server.server.on('checkExpectation', (_, response) => answerExpectation(response));
  server.addHook('onRequest', async (request) => {
    checkHost(request.raw);
    checkAddress(request.raw.url ?? '');
    checkIdempotencyKey(request.headers);
  });
  server.addHook('preValidation', async (request) => foldUuids(request.params));
  // A connection that is kept alive after its last answer would hold up the stop.
  server.addHook('onSend', async (_, reply) => {
    if (parts.isStopping()) void reply.header('connection', 'close');
  });
  server.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    // The route, never the address: paths and queries can hold what people typed.
    const route = request.routeOptions.url ?? 'unknown';
    const durationMs = Math.round(reply.elapsedTime * 1000) / 1000;
    parts.metrics.observeRequest(method, route, reply.statusCode, reply.elapsedTime / 1000);
    parts.log.info({ ...identityOf(request), method, route, status: reply.statusCode, durationMs }, 'Answered');
  });
}

/**
 * Answers what hooks and the reading of bodies throw. Nest sets its own handler of errors after the modules have begun; where one
 * of them awaits a plugin of Fastify, the routes are finished by then and never see it. A handler of the route is always there.
 */
function refuseByRoute(server: FastifyInstance, log: Log): void {
  server.addHook('onRoute', (route) => {
    route.errorHandler ??= (error, request, reply) => {
      const refusal = refusalOf(error);
      if (refusal.status >= 500)
        log.error({ ...identityOf(request), err: error, code: refusal.code }, 'A request failed');
      sendProblem(reply, refusal, request.id);
    };
  });
}

/** Whoever asks learns what to name when something about the answer is to be found out. */
function answerWithId(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id).header('x-content-type-options', 'nosniff');
    done();
  });
}

function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async ({ routeOptions }: FastifyRequest, body: string | Buffer) =>
      routeOptions.config.isTextReadByRoute === true ? parseBodyOfAnyText(body) : parseBody(body),
  );
}

const UNREADABLE: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large', 'The headers are larger than this service accepts.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request_timeout', 'The request did not arrive in time.'],
};

/** Node answers `expect: 100-continue` by itself; anything else that is expected is nothing we could do. */
function answerExpectation(response: ServerResponse): void {
  const detail = 'Nothing but 100-continue can be expected of this service.';
  const body = JSON.stringify(problemOf(417, 'expectation_failed', detail, 'unreadable'));
  const headers = {
    'content-type': PROBLEM_MEDIA_TYPE,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  response.writeHead(417, headers).end(body);
}

/** What Node cannot even read as HTTP is answered by hand, and the connection ends. */
function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, detail] = UNREADABLE[error.code ?? ''] ?? [
    400,
    'malformed_request',
    'The request is not valid HTTP.',
  ];
  const body = JSON.stringify(problemOf(status, code, detail, 'unreadable'));
  const head = [
    `HTTP/1.1 ${status} Refused`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
