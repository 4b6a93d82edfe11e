import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestRefusal } from '../errors/problem.js';
import { sendProblem } from '../errors/problem-filter.js';
import { refusalOf } from '../errors/refusal.js';

/** A body that is not received whole in this time is given up; one that is streamed, when nothing moves for so long. */
export const BODY_MS = 30_000;

/**
 * A route that takes a body of any length while it arrives, such as a file. What bounds it is silence: it is given up when the
 * sender neither sends nor takes anything for as long as other bodies may last.
 */
export const StreamedBody = (): MethodDecorator & ClassDecorator => RouteConfig({ isBodyStreamed: true });

/** Gives up bodies that take too long. A sender for whom we are too slow ourselves is waited for. */
export function boundBodies(server: FastifyInstance, bodyMs: number): void {
  server.addHook('onRequest', async (request, reply) => {
    if (hasBody(request)) new BodyWatch(request, reply, bodyMs).begin();
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

class BodyWatch {
  private timer: NodeJS.Timeout | undefined;
  private movedBytes = -1;

  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly bodyMs: number,
  ) {}

  begin(): void {
    const end = () => clearTimeout(this.timer);
    // A connection that breaks ends the request without an end of its body.
    this.request.raw.once('end', end).once('close', end);
    this.movedBytes = this.bytesMoved();
    this.wait();
  }

  private wait(): void {
    this.timer = setTimeout(() => (this.isAlive() ? this.wait() : this.giveUp()), this.bodyMs);
  }

  private isAlive(): boolean {
    const { raw, routeOptions } = this.request;
    if (!('isBodyStreamed' in routeOptions.config)) return false;
    const movedBytes = this.bytesMoved();
    const isWaitingForUs = raw.readableLength > 0 && !this.reply.raw.writableNeedDrain;
    const hasMoved = movedBytes !== this.movedBytes;
    this.movedBytes = movedBytes;
    return isWaitingForUs || hasMoved;
  }

  private bytesMoved(): number {
    const { bytesRead, bytesWritten } = this.request.raw.socket;
    return bytesRead + bytesWritten;
  }

  private giveUp(): void {
    const { request, reply } = this;
    if (reply.sent || reply.raw.headersSent) {
      request.raw.destroy();
      return;
    }
    void reply.header('connection', 'close');
    sendProblem(
      reply,
      refusalOf(new RequestRefusal(408, 'request_timeout', 'The request did not arrive in time.')),
      request.id,
    );
  }
}
