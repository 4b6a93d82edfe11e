import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createParamDecorator } from '@nestjs/common';
import { derivedId } from '@poinciana/event-sourcing';

export const REQUEST_ID_HEADER = 'x-request-id';
export const CORRELATION_HEADER = 'x-correlation-id';
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What logs, answers and events know a request by. */
export interface RequestIdentity {
  /** The caller's `x-request-id` when it is sane, else a new UUID. */
  readonly requestId: string;
  /** A UUID that follows from the request id: the `causation` of what a request causes directly. */
  readonly causation: string;
  /** The caller's `x-correlation-id` when it is a UUID, else the same as `causation`: the root of the chain of causes. */
  readonly correlation: string;
}

const requests = new AsyncLocalStorage<RequestIdentity>();

export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

export function identityOf(requestId: string, correlation: string | string[] | undefined): RequestIdentity {
  const causation = UUID.test(requestId) ? requestId : derivedId('request', requestId);
  const isUuid = typeof correlation === 'string' && UUID.test(correlation);
  return { requestId, causation, correlation: isUuid ? correlation : causation };
}

/** Runs everything that `work` starts as part of a request. */
export function withinRequest<Result>(identity: RequestIdentity, work: () => Result): Result {
  return requests.run(identity, work);
}

/** The request at hand; `undefined` outside of any. */
export function currentRequest(): RequestIdentity | undefined {
  return requests.getStore();
}

/** Hands the identity of the request to a controller's method. */
export const CurrentRequest = createParamDecorator((): RequestIdentity => {
  const identity = currentRequest();
  if (identity === undefined) throw new Error('There is no request here');
  return identity;
});
