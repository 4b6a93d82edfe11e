import type { FastifyInstance } from 'fastify';
import { TEMPLATES_MAX } from '../bounds.js';
import { faultRuleSchema, type FaultRule } from '../faults/fault-rule.js';
import type { SimulatorMode } from '../settings.js';
import type { Simulation } from '../simulation.js';
import type { Stage } from '../stage.js';
import { SimulatorRefusal } from '../simulator-refusal.js';
import { messageTemplateSchema, TemplateCollection, type MessageTemplate } from '../whatsapp/template.js';

interface StatusCommand {
  readonly messageId: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly error?: { readonly code: number; readonly details?: string };
}

interface InboundCommand {
  readonly from: string;
  readonly text: string;
  readonly phoneNumberId: string;
  readonly profileName?: string;
}

const modeSchema = {
  type: 'object',
  required: ['mode'],
  additionalProperties: false,
  properties: { mode: { enum: ['automatic', 'manual'] } },
} as const;

const statusSchema = {
  type: 'object',
  required: ['messageId', 'status'],
  additionalProperties: false,
  properties: {
    messageId: { type: 'string' },
    status: { enum: ['sent', 'delivered', 'read', 'failed'] },
    error: {
      type: 'object',
      required: ['code'],
      additionalProperties: false,
      properties: { code: { type: 'integer', minimum: 0 }, details: { type: 'string' } },
    },
  },
} as const;

const inboundSchema = {
  type: 'object',
  required: ['from', 'text', 'phoneNumberId'],
  additionalProperties: false,
  properties: {
    from: { type: 'string', pattern: '^\\+?[1-9][0-9]{4,14}$' },
    text: { type: 'string' },
    phoneNumberId: { type: 'string', pattern: '^[0-9]{1,32}$' },
    profileName: { type: 'string' },
  },
} as const;

const templatesSchema = {
  type: 'object',
  required: ['templates'],
  additionalProperties: false,
  properties: { templates: { type: 'array', maxItems: TEMPLATES_MAX, items: messageTemplateSchema } },
} as const;

/** Commands to the simulator: its mode, its people, its faults, its templates. */
export function commandRoutes(simulation: Simulation, stage: Stage) {
  return async (app: FastifyInstance): Promise<void> => {
    app.put<{ Body: { mode: SimulatorMode } }>('/mode', { schema: { body: modeSchema } }, ({ body }) => {
      simulation.mode = body.mode;
      stage.setMode(body.mode);
      return { mode: simulation.mode };
    });

    app.post<{ Body: StatusCommand }>('/statuses', { schema: { body: statusSchema } }, async ({ body }, reply) => {
      const row = simulation.ledger.rowOf(body.messageId);
      if (row === undefined)
        throw new SimulatorRefusal(404, 'unknown_message', `no message ${body.messageId} was accepted`);
      if ((body.status === 'failed') !== (body.error !== undefined)) {
        throw new SimulatorRefusal(
          400,
          'error_and_status',
          'an error is given with the status failed, and only with it',
        );
      }
      requireRoom(simulation);
      simulation.report(row, body.status, body.error);
      simulation.advance();
      return reply.code(202).send(simulation.ledger.at(row));
    });

    app.post<{ Body: InboundCommand }>('/inbound', { schema: { body: inboundSchema } }, async ({ body }, reply) => {
      requireRoom(simulation);
      simulation.requireRoomForWriter();
      const waId = simulation.waIdOf(body.from.replace(/\D/g, ''));
      const messageId = simulation.letWrite(waId, body.text, body.phoneNumberId, body.profileName);
      simulation.advance();
      return reply.code(202).send({ messageId, waId });
    });

    app.put<{ Body: { templates: MessageTemplate[] } }>(
      '/templates',
      { schema: { body: templatesSchema } },
      ({ body }) => {
        simulation.templates = new TemplateCollection(body.templates);
        return body;
      },
    );

    app.get('/faults', () => ({ faults: simulation.faults.list() }));
    app.post<{ Body: FaultRule }>('/faults', { schema: { body: faultRuleSchema } }, async ({ body }, reply) =>
      reply.code(201).send(simulation.faults.add(body)),
    );
    app.delete('/faults', () => ({ removed: simulation.faults.remove() }));
    app.delete<{ Params: { id: string } }>('/faults/:id', ({ params }) => {
      const removed = simulation.faults.remove(Number(params.id));
      if (removed === 0) throw new SimulatorRefusal(404, 'unknown_fault', `no fault rule ${params.id} is in force`);
      return { removed };
    });
  };
}

function requireRoom(simulation: Simulation): void {
  if (!simulation.notifier.hasRoom) {
    throw new SimulatorRefusal(
      507,
      'too_many_webhooks_waiting',
      'too many webhooks wait for a receiver that does not take them',
    );
  }
}
