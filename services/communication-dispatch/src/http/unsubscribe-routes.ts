import type { OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ReturnAddresses } from '../channels/email/return-addresses.js';
import type { Suppress } from '../handlers/suppress.js';

const ROUTE = '/api/dispatch/unsubscribe/:token';
const BODY_BYTES_MAX = 16 * 1024;

/**
 * Where customers say that they want to hear no more (RFC 8058). Their link is all they have: no token, no account. A visit
 * alone changes nothing, because programs visit links too; the button, and the mail program's one click, are posts.
 */
export class UnsubscribeRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly addresses: ReturnAddresses,
    private readonly suppress: Suppress,
  ) {}

  async onModuleInit(): Promise<void> {
    const server: FastifyInstance = this.host.httpAdapter.getInstance();
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_, body, done) =>
        done(null, body),
      );
      scope.get(ROUTE, (request, reply) => this.ask(request, reply));
      scope.post(ROUTE, { bodyLimit: BODY_BYTES_MAX }, (request, reply) => this.unsubscribe(request, reply));
    });
  }

  private ask(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (this.communicationOf(request) === undefined) return answer(reply, 404, 'This link is not valid.');
    const form = '<form method="post"><button>Unsubscribe</button></form>';
    return answer(reply, 200, 'Do you want to receive no more messages from this sender?', form);
  }

  private async unsubscribe(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const communicationId = this.communicationOf(request);
    const isKnown = communicationId !== undefined && (await this.suppress.unsubscribe(communicationId));
    return isKnown
      ? answer(reply, 200, 'You will receive no more messages from this sender.')
      : answer(reply, 404, 'This link is not valid.');
  }

  private communicationOf({ params }: FastifyRequest): string | undefined {
    return this.addresses.communicationOf((params as { readonly token: string }).token);
  }
}

function answer(reply: FastifyReply, status: number, sentence: string, more = ''): FastifyReply {
  const page = `<!doctype html><meta charset="utf-8"><title>Unsubscribe</title><p>${sentence}</p>${more}`;
  return reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
}
