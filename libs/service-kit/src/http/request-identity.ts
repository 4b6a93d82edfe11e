import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { derivedId } from '@poinciana/event-sourcing';

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
   * The UUID that what the request causes derives its ids from. It follows from the caller's `idempotency-key` when there is a
   * sane one, so that a repeated request causes nothing new; otherwise it is new, because request ids are reused by proxies
   * and scripts, and two different writes must never be taken for one. Derive ids from it together with the workspace.
   */
  readonly causation: string;
  /** The caller's `x-correlation-id` when it is a UUID, else the same as `causation`: the root of the chain of causes. */
  readonly correlation: string;
}

export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}

/** What a request is known by: its id and its headers, as Fastify has them. */
export interface Identifiable {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
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

function newIdentity({ id: requestId, headers }: Identifiable): RequestIdentity {
  const key = headers[IDEMPOTENCY_HEADER];
  const correlation = headers[CORRELATION_HEADER];
  const causation = typeof key === 'string' && SANE_ID.test(key) ? derivedId('request', key) : randomUUID();
  const isUuid = typeof correlation === 'string' && UUID.test(correlation);
  return { requestId, causation, correlation: isUuid ? correlation : causation };
}
