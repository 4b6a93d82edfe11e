import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequestRefusal } from '../errors/problem.js';

/** How many etags one request may name. */
const ETAGS_MAX = 10;
const LIST = /^\s*(?:W\/)?"[\x21\x23-\x2b\x2d-\x7e]{0,100}"\s*(?:,\s*(?:W\/)?"[\x21\x23-\x2b\x2d-\x7e]{0,100}"\s*)*$/;

/** Which states of a thing the caller has seen and wants to change: their etags, or `any`. */
export type SeenState = 'any' | readonly string[];

/** Hands the header `if-match` to a controller's method; `undefined` when the request has none. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): SeenState | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return header === undefined ? undefined : parseIfMatch(header);
});

/** `*`, or etags in double quotes, separated by commas (RFC 9110, 13.1.1); a weak one matches nothing. */
export function parseIfMatch(header: string): SeenState {
  if (header.trim() === '*') return 'any';
  if (!LIST.test(header)) throw malformed();
  const etags = header.split(',').map((each) => each.trim());
  if (etags.length > ETAGS_MAX) throw malformed();
  return etags.filter((each) => each.startsWith('"')).map((each) => each.slice(1, -1));
}

function malformed(): RequestRefusal {
  const detail = `The header if-match must be * or up to ${ETAGS_MAX} etags in double quotes.`;
  return new RequestRefusal(400, 'malformed_if_match', detail);
}

/** Documents what a write of something that exists needs. */
export function ApiIfMatch(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'if-match',
      required: false,
      example: '"3"',
      description: 'The etag of the state that is to be changed, or *. Needed where something is there already.',
    }),
  );
}
