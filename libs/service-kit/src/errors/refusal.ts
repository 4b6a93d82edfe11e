import { HttpException } from '@nestjs/common';
import { DomainError, type RefusalKind, StorageFull, TransientError } from '@poinciana/event-sourcing';
import { isPrismaAway } from './prisma-away.js';
import { RequestRefusal, type FieldProblem } from './problem.js';

/** Everything that an answer says about why a request failed. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly problems?: readonly FieldProblem[] | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** A DomainError's own details. */
  readonly details?: object | undefined;
}

const STATUS_OF_KIND: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  notFound: 404,
  conflict: 409,
  forbidden: 403,
  tooLarge: 413,
  stale: 412,
  unseen: 428,
};

/** How long a caller is asked to wait before trying again. */
const RETRY_AFTER_SECONDS = '1';

/** What Fastify refuses by itself, by the code of its error. */
const FASTIFY_REFUSALS: Readonly<Record<string, Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'body_too_large',
    detail: 'The body is larger than this service accepts.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported_content_type',
    detail: 'The body must be of the type application/json.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'malformed_json', detail: 'The body is empty.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'malformed_json', detail: 'The body is not valid JSON.' },
  FST_ERR_BAD_URL: { status: 400, code: 'malformed_address', detail: 'The address is not valid.' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, code: 'address_too_long', detail: 'A part of the address is too long.' },
};

/** What any other 4xx of the framework is called. */
const CODES: Readonly<Record<number, string>> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict',
  413: 'body_too_large',
  414: 'address_too_long',
  415: 'unsupported_content_type',
  422: 'invalid_request',
};
const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  404: 'There is nothing at this address.',
};

/** A bug, or something that nobody has a name for: the log knows more, the caller does not. */
export const INTERNAL_ERROR: Refusal = {
  status: 500,
  code: 'internal_error',
  detail: 'Something went wrong on our side. The log knows this request by its id.',
};

const STORAGE_FULL: Refusal = {
  status: 503,
  code: 'storage_full',
  detail: 'There is no room left to store this. Whoever operates the service must make room; then send it again.',
  headers: { 'retry-after': '60' },
};

/** What to answer for anything that a request can throw. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof RequestRefusal) {
    const { status, code, message, problems, headers } = error;
    return { status, code, detail: message, problems, headers };
  }
  if (error instanceof DomainError) {
    return { status: STATUS_OF_KIND[error.kind], code: error.code, detail: error.message, details: error.details };
  }
  if (error instanceof StorageFull) return STORAGE_FULL;
  if (error instanceof TransientError || isPrismaAway(error)) {
    return {
      status: 503,
      code: 'unavailable',
      detail: 'Something this service needs is away for now. Try again.',
      headers: { 'retry-after': RETRY_AFTER_SECONDS },
    };
  }
  return fastifyRefusal(error) ?? httpRefusal(error) ?? INTERNAL_ERROR;
}

/** Nest wraps the errors of Fastify; Fastify hands some over as they are. */
function fastifyRefusal(error: unknown): Refusal | undefined {
  const origin = error instanceof HttpException && error.cause instanceof Error ? error.cause : error;
  const code = origin instanceof Error && 'code' in origin ? String(origin.code) : '';
  return FASTIFY_REFUSALS[code];
}

function httpRefusal(error: unknown): Refusal | undefined {
  const status = statusOf(error);
  if (status === undefined || status < 400 || status > 499) return undefined;
  return { status, code: CODES[status] ?? 'malformed_request', detail: DETAILS[status] ?? 'The request is refused.' };
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify and Node mark what they refuse so; nothing of ours carries a status code.
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return undefined;
}
