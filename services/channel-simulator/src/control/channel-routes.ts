import type { FastifyInstance } from 'fastify';
import { LISTED_MAX } from '../bounds.js';
import type { AnyChannel } from '../channels/simulated-channel.js';
import { faultRuleSchema, type FaultRule } from '../faults/fault-rule.js';
import { SimulatorRefusal } from '../simulator-refusal.js';
import type { Stage } from '../stage.js';

const LISTED_DEFAULT = 100;

interface Named {
  readonly Params: { readonly channel: string };
}

interface ListQuery {
  readonly after?: number;
  readonly limit?: number;
  readonly address?: string;
  readonly communicationId?: string;
}

const listQuerySchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { type: 'integer', minimum: -1 },
    limit: { type: 'integer', minimum: 1, maximum: LISTED_MAX },
    address: { type: 'string' },
    communicationId: { type: 'string' },
  },
} as const;

/** What every channel beside WhatsApp has in common: `/control/<channel>/summary`, `/accepted`, `/people`, `/faults`, `/mode`. */
export function channelRoutes(stage: Stage) {
  return async (app: FastifyInstance): Promise<void> => {
    const named = (name: string): AnyChannel => {
      const channel = stage.channelOf(name);
      if (channel === undefined) throw new SimulatorRefusal(404, 'unknown_channel', `there is no channel ${name}`);
      return channel;
    };
    app.get<Named>('/:channel/summary', ({ params }) => channelSummary(named(params.channel)));
    app.get<Named & { Querystring: ListQuery }>(
      '/:channel/accepted',
      { schema: { querystring: listQuerySchema } },
      ({ params, query }) => {
        const { ledger } = named(params.channel);
        const { after = -1, limit = LISTED_DEFAULT, ...filter } = query;
        const accepted = ledger.find(filter, after + 1, limit);
        const last = accepted.at(-1);
        return { accepted, next: accepted.length === limit && last ? last.sequence : null };
      },
    );
    app.get<{ Params: { channel: string; address: string } }>('/:channel/people/:address', ({ params }) => {
      const channel = named(params.channel);
      const person = channel.personAt(params.address);
      return { person, accepted: channel.ledger.countAt(person.address) };
    });
    app.get<Named>('/:channel/faults', ({ params }) => ({ faults: named(params.channel).faults.list() }));
    app.post<Named & { Body: FaultRule }>(
      '/:channel/faults',
      { schema: { body: faultRuleSchema } },
      async ({ params, body }, reply) => reply.code(201).send(named(params.channel).faults.add(body)),
    );
    app.delete<Named>('/:channel/faults', ({ params }) => ({ removed: named(params.channel).faults.remove() }));
  };
}

export interface ChannelSummary {
  readonly accepted: number;
  readonly communications: number;
  /** Above 1 somebody was contacted twice. */
  readonly acceptedPerCommunicationMax: number;
  /** The same for an address, where the protocol carries no id of ours. */
  readonly acceptedPerAddressMax: number;
  readonly waiting: number;
  readonly awaited: number;
  readonly told: number;
  readonly failedTellings: number;
  /** Lies with a wrong signature that were taken: it should be none. */
  readonly liesTaken: number;
}

export function channelSummary(channel: AnyChannel): ChannelSummary {
  const { ledger, waiting, awaited, told, failedTellings, liesTaken } = channel;
  const { length: accepted, communications, acceptedPerCommunicationMax, acceptedPerAddressMax } = ledger;
  return {
    accepted,
    communications,
    acceptedPerCommunicationMax,
    acceptedPerAddressMax,
    waiting,
    awaited,
    told,
    failedTellings,
    liesTaken,
  };
}
