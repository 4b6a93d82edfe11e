import type { FastifyInstance } from 'fastify';
import { LISTED_MAX } from '../bounds.js';
import type { Simulation } from '../simulation.js';
import type { Stage } from '../stage.js';
import { summaryOf } from './summary.js';

const LISTED_DEFAULT = 100;

interface ListQuery {
  readonly after?: number;
  readonly limit?: number;
  readonly address?: string;
}

const listQuerySchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { type: 'integer', minimum: -1 },
    limit: { type: 'integer', minimum: 1, maximum: LISTED_MAX },
    address: { type: 'string', pattern: '[0-9]' },
  },
} as const;

/** What was accepted, told to tests and to people who try things. */
export function acceptedRoutes(simulation: Simulation, stage: Stage) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/health', () => ({ status: 'up' }));
    app.get('/summary', () => summaryOf(simulation));

    app.get<{ Querystring: ListQuery }>('/accepted', { schema: { querystring: listQuerySchema } }, ({ query }) => {
      const limit = query.limit ?? LISTED_DEFAULT;
      const filter = query.address === undefined ? {} : { waId: simulation.waIdOf(query.address.replace(/\D/g, '')) };
      const accepted = simulation.ledger.find(filter, (query.after ?? -1) + 1, limit);
      const last = accepted.at(-1);
      return { accepted, next: accepted.length === limit && last ? last.sequence : null };
    });

    app.get<{ Params: { communicationId: string } }>('/accepted/:communicationId', ({ params }) => {
      const { communicationId } = params;
      const messages = simulation.ledger.find({ communicationId }, 0, LISTED_DEFAULT);
      return { communicationId, accepted: simulation.ledger.countOf(communicationId), messages };
    });

    app.get<{ Params: { address: string } }>('/people/:address', ({ params }) => {
      const person = simulation.personAt(simulation.waIdOf(params.address.replace(/\D/g, '')));
      const messages = simulation.ledger.find({ waId: person.address }, 0, LISTED_DEFAULT);
      return { person, messages };
    });

    app.delete('/', async (_, reply) => {
      simulation.reset();
      stage.reset();
      return reply.code(204).send();
    });
  };
}
