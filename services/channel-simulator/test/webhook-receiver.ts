import { createHmac, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';

export const APP_SECRET = 'the app secret';
export const VERIFY_TOKEN = 'the verify token';

export interface ReceivedStatus {
  id: string;
  status: string;
  timestamp: string;
  recipient_id: string;
  biz_opaque_callback_data?: string;
  errors?: { code: number; error_data: { details: string } }[];
}

export interface ReceivedMessage {
  from: string;
  id: string;
  type: string;
  text: { body: string };
}

interface Envelope {
  object: string;
  entry: {
    id: string;
    changes: { field: string; value: { statuses?: ReceivedStatus[]; messages?: ReceivedMessage[] } }[];
  }[];
}

/** A receiver of webhooks as a business would have one: over HTTP, checking signatures over the raw bytes. */
export class WebhookReceiver {
  readonly statuses: ReceivedStatus[] = [];
  readonly messages: ReceivedMessage[] = [];
  /** Posts whose signature was wrong or absent; they were refused with 401 and nothing of them was kept. */
  forged = 0;
  posts = 0;
  /** Answers for the next posts; when none is left, 200. */
  readonly answers: number[] = [];
  #app: FastifyInstance | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/webhooks/whatsapp`;
  }

  get target() {
    return { url: this.url, appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN };
  }

  /** Listens; after a stop again on the same port. */
  async start(): Promise<void> {
    const app = Fastify({ forceCloseConnections: true, bodyLimit: 3 * 1024 * 1024 });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    app.post<{ Body: Buffer }>('/webhooks/whatsapp', async (request, reply) => {
      this.posts += 1;
      if (!isGenuine(request.body, request.headers['x-hub-signature-256'])) {
        this.forged += 1;
        return reply.code(401).send();
      }
      const answer = this.answers.shift() ?? 200;
      if (answer === 200) this.#keep(JSON.parse(request.body.toString('utf8')) as Envelope);
      return reply.code(answer).send();
    });
    app.get<{ Querystring: Record<string, string> }>('/webhooks/whatsapp', async ({ query }, reply) => {
      const isOurs = query['hub.mode'] === 'subscribe' && query['hub.verify_token'] === VERIFY_TOKEN;
      return isOurs ? query['hub.challenge'] : reply.code(403).send();
    });
    await app.listen({ port: this.#port, host: '127.0.0.1' });
    const address = app.server.address();
    if (address && typeof address === 'object') this.#port = address.port;
    this.#app = app;
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    this.#app = undefined;
  }

  statusesOf(communicationId: string): string[] {
    return this.statuses
      .filter((status) => status.biz_opaque_callback_data === communicationId)
      .map(({ status }) => status);
  }

  #keep(envelope: Envelope): void {
    for (const { value } of envelope.entry.flatMap((entry) => entry.changes)) {
      this.statuses.push(...(value.statuses ?? []));
      this.messages.push(...(value.messages ?? []));
    }
  }
}

function isGenuine(body: Buffer, signature: string | string[] | undefined): boolean {
  if (typeof signature !== 'string') return false;
  const expected = Buffer.from(`sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
