import {
  applyDecorators,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader, ApiQuery } from '@nestjs/swagger';
import { formatPosition, parsePosition, type Position } from '@poinciana/event-sourcing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { RequestRefusal } from '../errors/problem.js';
import { waitForPosition, type ProgressSource } from './wait-for-position.js';
import { Written } from './written.js';

export const POSITION_HEADER = 'poinciana-position';
const WAIT_FOR = 'waitFor';
const AWAITED_GROUPS = 'poinciana:awaited-groups';

/** A read that can wait for a write: `?waitFor=<position>` waits until all these groups have handled it, within a limit. */
export function WaitsFor(...groups: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(AWAITED_GROUPS, groups),
    ApiQuery({
      name: WAIT_FOR,
      required: false,
      schema: { type: 'string', pattern: '^\\d{1,4}:\\d{1,15}$' },
      description: `The ${POSITION_HEADER} of a write that the answer should reflect; waited for within a limit.`,
    }),
  );
}

/** Documents the header of an answer that carries a position. Decorators name headers of requests only: the document puts it right. */
export function ApiPosition(): MethodDecorator & ClassDecorator {
  return ApiHeader({
    name: POSITION_HEADER,
    required: false,
    description: 'The place in the log that the answer reflects.',
  });
}

/** Writes answer with their position; reads that were asked to wait do so, and answer with the position they reflect. */
export class PositionInterceptor implements NestInterceptor {
  private readonly reflector = new Reflector();

  constructor(private readonly progress: ProgressSource) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const targets = [context.getHandler(), context.getClass()];
    const groups = this.reflector.getAllAndOverride<readonly string[] | undefined>(AWAITED_GROUPS, targets);
    if (groups !== undefined) await this.wait(groups, request, reply);
    return next.handle().pipe(
      map((answer) => {
        if (!(answer instanceof Written)) return answer;
        void reply.header(POSITION_HEADER, formatPosition(answer.position));
        if (answer.etag !== undefined) void reply.header('etag', `"${answer.etag}"`);
        return answer.body as unknown;
      }),
    );
  }

  /** The answer reflects what the group has handled that is furthest behind. */
  private async wait(groups: readonly string[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const position = takeWaitFor(request);
    const reached = await Promise.all(
      groups.map(async (group) =>
        position === undefined
          ? (await this.progress.progressOf(group)).position
          : await waitForPosition(this.progress, group, position),
      ),
    );
    const [least] = reached.toSorted((one, other) => one.number - other.number);
    if (least !== undefined) void reply.header(POSITION_HEADER, formatPosition(least));
  }
}

/** Takes the parameter out of the query, so that no DTO needs to know of it. */
function takeWaitFor(request: FastifyRequest): Position | undefined {
  const query = request.query;
  if (typeof query !== 'object' || query === null || !(WAIT_FOR in query)) return undefined;
  const text = query[WAIT_FOR];
  delete (query as Record<string, unknown>)[WAIT_FOR];
  const position = typeof text === 'string' ? parsePosition(text) : undefined;
  if (position === undefined) {
    throw new RequestRefusal(400, 'malformed_position', `${WAIT_FOR} must be a position such as 0:42.`);
  }
  return position;
}
