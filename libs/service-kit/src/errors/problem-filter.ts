import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { identityOf } from '../http/request-identity.js';
import type { RouteTable } from '../http/route-table.js';
import type { Log } from '../logs/log.js';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import { refusalOf, type Refusal } from './refusal.js';

/** Answers everything that goes wrong in a request with a problem document, and logs what is our fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly routes: RouteTable,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = this.withMethod(refusalOf(error), request);
    if (refusal.status >= 500)
      this.log.error({ ...identityOf(request), err: error, code: refusal.code }, 'A request failed');
    if (!reply.sent) sendProblem(reply, refusal, request.id);
  }

  /** The router says 404 for a known path with another method; callers are told which methods it has. */
  private withMethod(refusal: Refusal, request: FastifyRequest): Refusal {
    if (refusal.status !== 404 || !request.is404) return refusal;
    const methods = this.routes.methodsOf(request.url.split('?')[0] ?? '');
    if (methods.length === 0) return refusal;
    return {
      status: 405,
      code: 'method_not_allowed',
      detail: `This address answers ${methods.join(', ')}.`,
      headers: { allow: methods.join(', ') },
    };
  }
}

export function sendProblem(reply: FastifyReply, refusal: Refusal, requestId: string): void {
  const { status, code, detail, problems, headers, details } = refusal;
  const problem = problemOf(status, code, detail, requestId, problems);
  void reply
    .code(status)
    .headers({ ...headers, 'cache-control': 'no-store' })
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(details === undefined ? problem : { ...problem, details }));
}
