import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isWebAddress } from '../settings.js';
import type { Simulation } from '../simulation.js';
import { SimulatorRefusal } from '../simulator-refusal.js';
import { metaHeaders, signatureOf } from '../webhooks/signature.js';
import type { WebhookTarget } from '../webhooks/webhook-delivery.js';

interface RawWebhook {
  /** Any JSON, posted as it is serialised here; or `raw`, posted byte for byte. */
  readonly body?: unknown;
  readonly raw?: string;
  readonly signature?: 'valid' | 'wrong' | 'none';
  readonly times?: number;
}

const targetSchema = {
  type: 'object',
  required: ['url', 'appSecret', 'verifyToken'],
  additionalProperties: false,
  properties: {
    url: { type: 'string' },
    appSecret: { type: 'string', minLength: 1 },
    verifyToken: { type: 'string', minLength: 1 },
  },
} as const;

const rawSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    body: {},
    raw: { type: 'string' },
    signature: { enum: ['valid', 'wrong', 'none'] },
    times: { type: 'integer', minimum: 1, maximum: 100 },
  },
} as const;

/** Where webhooks go, the handshake, and webhooks of one's own making: forged, repeated, of unknown messages. */
export function webhookRoutes(simulation: Simulation) {
  return async (app: FastifyInstance): Promise<void> => {
    app.put<{ Body: WebhookTarget }>('/webhook', { schema: { body: targetSchema } }, ({ body }) => {
      if (!isWebAddress(body.url))
        throw new SimulatorRefusal(400, 'bad_url', 'the url must begin with http:// or https://');
      simulation.delivery.setTarget(body);
      return { url: body.url };
    });
    app.get('/webhook', () => ({ url: simulation.delivery.target?.url ?? null }));
    app.delete('/webhook', () => {
      simulation.delivery.setTarget(null);
      return { url: null };
    });

    app.post('/webhook/verify', async () => {
      const target = requireTarget(simulation);
      const challenge = String(randomBytes(4).readUInt32BE());
      const answer = await simulation.post.verify(target.url, target.verifyToken, challenge);
      if ('unreachable' in answer) return { verified: false, reason: `no connection: ${answer.unreachable}` };
      if (answer.status !== 200) return { verified: false, reason: `HTTP ${answer.status}` };
      return answer.body === challenge
        ? { verified: true }
        : { verified: false, reason: 'the challenge was not given back' };
    });

    app.post<{ Body: RawWebhook }>('/webhooks', { schema: { body: rawSchema } }, async ({ body }) => {
      const target = requireTarget(simulation);
      const text = body.raw ?? JSON.stringify(body.body ?? {});
      const secret = body.signature === 'wrong' ? `not ${target.appSecret}` : target.appSecret;
      const signature = body.signature === 'none' ? null : signatureOf(text, secret);
      const outcomes: unknown[] = [];
      for (let post = 0; post < (body.times ?? 1); post++)
        outcomes.push(await simulation.post.post(target.url, text, metaHeaders(signature)));
      return { outcomes };
    });
  };
}

function requireTarget(simulation: Simulation): WebhookTarget {
  const { target } = simulation.delivery;
  if (!target) throw new SimulatorRefusal(409, 'no_webhook', 'first say where webhooks go: PUT /control/webhook');
  return target;
}
