import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock/clock.js';
import { RequestRefusal } from '../errors/problem.js';
import { NEEDED_ROLE, PUBLIC_ROUTE, rememberCaller } from './access.js';
import { KnownTokens } from './known-tokens.js';
import { mayActAs, type Role } from './roles.js';
import type { TokenRules } from './tokens.js';

const BEARER = /^Bearer ([\w.-]+)$/i;

/** Lets nobody through without a valid token and the role that the route needs. Knows every route but the public ones. */
export class TokenGuard implements CanActivate {
  private readonly reflector = new Reflector();
  private readonly tokens: KnownTokens;

  constructor(rules: TokenRules, clock: Clock) {
    this.tokens = new KnownTokens(rules, clock);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, targets) === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw unauthenticated('The request carries no bearer token.');
    const caller = await this.tokens.callerOf(token);
    if (caller === undefined) throw unauthenticated('The bearer token is not valid, or no longer.');
    const needed = this.reflector.getAllAndOverride<readonly Role[] | undefined>(NEEDED_ROLE, targets) ?? ['viewer'];
    if (!needed.some((role) => mayActAs(caller.role, role))) {
      throw new RequestRefusal(
        403,
        'forbidden',
        `This needs the role ${needed.join(' or ')}; the token has ${caller.role}.`,
      );
    }
    rememberCaller(request, caller);
    return true;
  }
}

function unauthenticated(detail: string): RequestRefusal {
  return new RequestRefusal(401, 'unauthenticated', detail, undefined, {
    'www-authenticate': 'Bearer realm="poinciana"',
  });
}
