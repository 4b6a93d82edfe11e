import { Logger, type OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { TransientError } from '@poinciana/event-sourcing';
import { identityOf } from '@poinciana/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { StoreWebhook, WebhookAnswer } from '../handlers/store-webhook.js';

/** Meta's webhooks have at most 3 MB; what is larger is none. */
export const WEBHOOK_BYTES_MAX = 3 * 1024 * 1024;
const ROUTE = '/api/dispatch/webhooks/:channelType/:channelId';

const STATUS_OF: Readonly<Record<WebhookAnswer, number>> = {
  stored: 200,
  forged: 401,
  unreadable: 400,
  unknown_channel: 404,
};

interface Target {
  readonly channelType: string;
  readonly channelId: string;
}

/**
 * Where providers tell us things. Routes of their own beside Nest's, because a signature is over the raw bytes, which no
 * parser may touch before, and because nobody who calls them has a token. Answers say nothing beyond the status.
 */
export class WebhookRoutes<Transaction> implements OnModuleInit {
  private readonly logger = new Logger('communication-dispatch');

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly webhooks: StoreWebhook<Transaction>,
    private readonly onStored: () => void,
  ) {}

  async onModuleInit(): Promise<void> {
    const server: FastifyInstance = this.host.httpAdapter.getInstance();
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: WEBHOOK_BYTES_MAX }, (_, body, done) =>
        done(null, body),
      );
      scope.post(ROUTE, { bodyLimit: WEBHOOK_BYTES_MAX }, (request, reply) => this.receive(request, reply));
      scope.get(ROUTE, (request, reply) => this.verify(request, reply));
    });
  }

  private async receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { channelType, channelId } = request.params as Target;
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      const answer = await this.webhooks.store(channelType, channelId.toLowerCase(), {
        headers: request.headers,
        body,
        atMs: performance.timeOrigin + performance.now(),
      });
      if (answer === 'stored') this.onStored();
      if (answer === 'forged')
        this.logger.warn({ ...identityOf(request), channelId }, 'A webhook had a wrong signature');
      return await reply.code(STATUS_OF[answer]).send();
    } catch (error) {
      // Not stored, so not acknowledged: the provider repeats it.
      if (!(error instanceof TransientError)) throw error;
      return await reply.code(503).header('retry-after', '1').send();
    }
  }

  private async verify(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { channelType, channelId } = request.params as Target;
    const query = Object.fromEntries(
      Object.entries(request.query as Record<string, unknown>).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
    const challenge = await this.webhooks.verify(channelType, channelId.toLowerCase(), query);
    if (challenge === undefined) return reply.code(403).send();
    return reply.type('text/plain').send(challenge);
  }
}
