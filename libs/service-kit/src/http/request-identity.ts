import { createHash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { derivedId } from '@poinciana/event-sourcing';
import { callerOf } from '../auth/access.js';

export const REQUEST_ID_HEADER = 'x-request-id';
export const CORRELATION_HEADER = 'x-correlation-id';
export const IDEMPOTENCY_HEADER = 'idempotency-key';
/** What a request id or an idempotency key may look like. */
export const SANE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What logs, answers and events know a request by. */
export interface RequestIdentity {
  /** For logs and problem documents: the caller's `x-request-id` when it is sane, else a new UUID. */
  readonly requestId: string;
  /**
   * The UUID that what the request causes derives its ids from. With a sane `idempotency-key` it follows from all that makes the
   * request the same one (workspace, method, address, key and body), so that a repeated request causes nothing new, and another
   * one under the same key is obeyed. Otherwise it is new, because request ids are reused by proxies and scripts, and two
   * different writes must never be taken for one.
   */
  readonly causation: string;
  /** The caller's `x-correlation-id` when it is a UUID, else the same as `causation`: the root of the chain of causes. */
  readonly correlation: string;
}

export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}

/** What a request is known by, as Fastify has it. */
export interface Identifiable {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
}

const identities = new WeakMap<Identifiable, RequestIdentity>();

/**
 * The identity of a request, the same for all who ask. It goes with the request from hand to hand: in an asynchronous context of its own,
 * everything that a process does would become slower.
 */
export function identityOf(request: Identifiable): RequestIdentity {
  const known = identities.get(request);
  if (known !== undefined) return known;
  const identity = newIdentity(request);
  identities.set(request, identity);
  return identity;
}

/** Hands the identity of the request to a controller's method. */
export const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext): RequestIdentity =>
  identityOf(context.switchToHttp().getRequest<Identifiable>()),
);

function newIdentity(request: Identifiable): RequestIdentity {
  const { id: requestId, headers } = request;
  const key = headers[IDEMPOTENCY_HEADER];
  const correlation = headers[CORRELATION_HEADER];
  const causation = typeof key === 'string' && SANE_ID.test(key) ? repeatableId(request, key) : randomUUID();
  const isUuid = typeof correlation === 'string' && UUID.test(correlation);
  return { requestId, causation, correlation: isUuid ? correlation : causation };
}

function repeatableId(request: Identifiable, key: string): string {
  const workspace = callerOf(request)?.workspace ?? '';
  return derivedId('request', workspace, request.method, request.url, key, fingerprintOf(request.body));
}

/** Nothing for a body that is streamed: whoever reads it holds its parts against the key. */
function fingerprintOf(body: unknown): string {
  if (body === undefined || body instanceof Readable) return '';
  const content = body instanceof Uint8Array ? body : JSON.stringify(body);
  return createHash('sha256').update(content).digest('base64');
}
