import type { FastifyInstance } from 'fastify';
import { SimulatorRefusal } from '../simulator-refusal.js';
import type { Stage } from '../stage.js';
import type { CallEvent } from '../voice/voice-runtime.js';

const text = { type: 'string', minLength: 1 } as const;
const target = object({ url: text, secret: text });

/** What one may do on one channel only: let people write, call and block, let callbacks go somewhere, let mail come back. */
export function stageRoutes(stage: Stage) {
  return async (app: FastifyInstance): Promise<void> => {
    telegramCommands(app, stage);
    mailCommands(app, stage);
    callbackCommands(app, stage);
  };
}

function telegramCommands(app: FastifyInstance, { bot }: Stage): void {
  app.post<{ Body: { from: number; text: string } }>(
    '/telegram/inbound',
    { schema: { body: object({ from: { type: 'integer' }, text: { type: 'string' } }) } },
    async ({ body }, reply) => {
      bot.happen({ what: 'message', chatId: body.from, text: body.text });
      return reply.code(202).send({});
    },
  );
  app.put<{ Body: { chatId: number; isBlocked: boolean } }>(
    '/telegram/blocked',
    { schema: { body: object({ chatId: { type: 'integer' }, isBlocked: { type: 'boolean' } }) } },
    ({ body }) => {
      bot.setBlocked(body.chatId, body.isBlocked);
      return body;
    },
  );
  app.put<{ Body: { from: number; to: number } }>(
    '/telegram/migrated',
    { schema: { body: object({ from: { type: 'integer' }, to: { type: 'integer' } }) } },
    ({ body }) => {
      bot.migrate(body.from, body.to);
      return body;
    },
  );
}

function mailCommands(app: FastifyInstance, { mail }: Stage): void {
  app.put<{ Body: { host: string; port: number } }>(
    '/mail/target',
    { schema: { body: object({ host: text, port: { type: 'integer', minimum: 1, maximum: 65_535 } }) } },
    ({ body }) => {
      mail.target = body;
      return body;
    },
  );
  app.get('/mail/port', () => ({ port: mail.port }));
  app.post<{ Body: { from: string; to: string; subject: string; text: string } }>(
    '/mail/inbound',
    { schema: { body: object({ from: text, to: text, subject: { type: 'string' }, text: { type: 'string' } }) } },
    async ({ body }, reply) => {
      mail.letWrite(body.from, body.to, body.subject, body.text);
      return reply.code(202).send({});
    },
  );
}

function callbackCommands(app: FastifyInstance, { voice, receiver }: Stage): void {
  app.put<{ Body: { url: string; secret: string } }>('/voice/target', { schema: { body: target } }, ({ body }) => {
    voice.target = body;
    return { url: body.url };
  });
  app.post<{ Body: { callId: string } & Pick<CallEvent, 'status'> }>('/voice/events', async ({ body }, reply) => {
    const { callId, ...event } = body;
    if (!voice.report(callId, event)) throw new SimulatorRefusal(404, 'unknown_call', `no call ${callId} was placed`);
    return reply.code(202).send({});
  });
  app.post<{ Body: { from: string; text: string } }>(
    '/voice/inbound',
    { schema: { body: object({ from: text, text: { type: 'string' } }) } },
    async ({ body }, reply) => reply.code(202).send({ callId: voice.letCall(body.from, body.text) }),
  );
  app.put<{ Body: { url: string; secret: string } }>(
    '/webhook-channel/target',
    { schema: { body: target } },
    ({ body }) => {
      receiver.target = body;
      return { url: body.url };
    },
  );
}

function object(properties: Readonly<Record<string, object>>) {
  return { type: 'object', required: Object.keys(properties), additionalProperties: false, properties } as const;
}
