import { Logger, type OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { TransientError } from '@poinciana/event-sourcing';
import { identityOf } from '@poinciana/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HearAgents, HearingAnswer } from '../handlers/hear-agents.js';

const ROUTE = '/api/dispatch/agents/:agentId/turns';
const TURN_BYTES_MAX = 1024 * 1024;
const STATUS_OF: Readonly<Record<HearingAnswer, number>> = { taken: 200, forged: 401, unreadable: 400 };

/** Where agents outside tell what they do. A route beside Nest's: the signature is over the raw bytes, and they have no token. */
export class AgentRoutes<Transaction> implements OnModuleInit {
  private readonly logger = new Logger('communication-dispatch');

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly hearing: HearAgents<Transaction>,
  ) {}

  async onModuleInit(): Promise<void> {
    const server: FastifyInstance = this.host.httpAdapter.getInstance();
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: TURN_BYTES_MAX }, (_, body, done) =>
        done(null, body),
      );
      scope.post(ROUTE, { bodyLimit: TURN_BYTES_MAX }, (request, reply) => this.take(request, reply));
    });
  }

  private async take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const agentId = (request.params as { readonly agentId: string }).agentId.toLowerCase();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      const answer = await this.hearing.hear(agentId, request.headers['x-signature'], body);
      if (answer === 'forged')
        this.logger.warn({ ...identityOf(request), agentId }, 'A turn of an agent had a wrong signature');
      return await reply.code(STATUS_OF[answer]).send();
    } catch (error) {
      // Nothing is said that was not stored: the agent repeats it.
      if (!(error instanceof TransientError)) throw error;
      return await reply.code(503).header('retry-after', '1').send();
    }
  }
}
