import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller, Role } from './roles.js';

export const PUBLIC_ROUTE = 'poinciana:public';
export const NEEDED_ROLE = 'poinciana:role';

const callers = new WeakMap<object, Caller>();

/** A route that anybody may call. */
export function Public(): CustomDecorator {
  return SetMetadata(PUBLIC_ROUTE, true);
}

/** The least role that may call a route; a viewer may call what names none. Of several the lowest counts. */
export function Roles(...roles: readonly [Role, ...Role[]]): CustomDecorator {
  return SetMetadata(NEEDED_ROLE, roles);
}

/** Hands the caller to a controller's method. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) throw new Error('A public route has no caller');
  return caller;
});

/** Who sent a request; `undefined` before the token was checked, and on a public route. */
export function callerOf(request: object): Caller | undefined {
  return callers.get(request);
}

export function rememberCaller(request: object, caller: Caller): void {
  callers.set(request, caller);
}
