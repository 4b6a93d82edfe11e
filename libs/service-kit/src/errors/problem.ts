/** The media type of RFC 9457. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** What is wrong with one field of a request: a JSON pointer into the body, or the name of a parameter. */
export interface FieldProblem {
  readonly field: string;
  readonly detail: string;
}

/** What a request that failed is answered with (RFC 9457). `code` is stable; callers may switch on it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** The request, as a URN: what to quote when asking for help, and what the log is searched for. */
  readonly instance: string;
  readonly problems?: readonly FieldProblem[];
}

/** A request that the kit itself refuses, before a service has seen it. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly problems?: readonly FieldProblem[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Nobody is signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'The request took too long',
  409: 'In conflict with what is there',
  412: 'Changed by others since it was read',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported content type',
  417: 'Expectation failed',
  422: 'The request breaks a rule',
  428: 'It must be said which state is to be changed',
  431: 'Headers too large',
  500: 'Something is broken on our side',
  503: 'Not available for now',
};

/** The document for a refusal. */
export function problemOf(
  status: number,
  code: string,
  detail: string,
  requestId: string,
  problems?: readonly FieldProblem[],
): Problem {
  return {
    type: `urn:poinciana:problem:${code}`,
    title: TITLES[status] ?? 'The request failed',
    status,
    code,
    detail,
    instance: `urn:poinciana:request:${requestId}`,
    ...(problems === undefined ? {} : { problems }),
  };
}
