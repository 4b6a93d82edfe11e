import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SEND_BODY_BYTES_MAX } from '../bounds.js';
import { sendAnswer } from '../channels/http-answer.js';
import { reportDefect } from '../defect.js';
import type { Simulation } from '../simulation.js';
import { SimulatorRefusal } from '../simulator-refusal.js';
import { errorBody, providerError, type ProviderError } from './provider-error.js';
import { placesOf, type MessageTemplate } from './template.js';

const VERSION = /^v\d{1,3}\.\d{1,2}$/;
const OBJECT_ID = /^\d{1,32}$/;
const TEMPLATES_LISTED_DEFAULT = 25;
const TEMPLATES_LISTED_MAX = 250;

interface SendParams {
  readonly version: string;
  readonly id: string;
}

/** The paths of graph.facebook.com that a sender of WhatsApp messages uses, under any version. `stopping` ends slow answers. */
export function whatsappRoutes(simulation: Simulation, stopping: AbortSignal) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(answerFailure);
    app.post<{ Params: SendParams }>('/:version/:id/messages', { bodyLimit: SEND_BODY_BYTES_MAX }, (request, reply) => {
      const { phoneNumberIds } = simulation.settings;
      const refusal = whyNotAdmitted(request, simulation.settings.accessToken, phoneNumberIds);
      const answer = refusal
        ? simulation.provider.refuse(refusal)
        : simulation.provider.receive(request.params.id, request.body);
      return sendAnswer(reply, answer, stopping);
    });
    app.get<{ Params: SendParams; Querystring: Record<string, string> }>(
      '/:version/:id/message_templates',
      (request, reply) => {
        const { businessAccountId } = simulation.settings;
        const refusal = whyNotAdmitted(
          request,
          simulation.settings.accessToken,
          businessAccountId === null ? null : [businessAccountId],
        );
        if (refusal) return sendAnswer(reply, simulation.provider.refuse(refusal), stopping);
        return templatePage(simulation.templates.list(), request.query);
      },
    );
  };
}

function whyNotAdmitted(
  request: FastifyRequest<{ Params: SendParams }>,
  accessToken: string,
  idsKnown: readonly string[] | null,
): ProviderError | undefined {
  if (request.headers.authorization !== `Bearer ${accessToken}`)
    return providerError(190, 'Invalid OAuth access token.');
  const { version, id } = request.params;
  if (!VERSION.test(version)) return providerError(100, `Unknown path components: /${version}`);
  if (!OBJECT_ID.test(id) || (idsKnown !== null && !idsKnown.includes(id))) {
    return {
      ...providerError(100, `Object with ID '${id.slice(0, 64)}' does not exist or does not support this operation`),
      subcode: 33,
    };
  }
  return undefined;
}

/** Filters `name`, `language`, `status`, pages with `limit` and `after`, as the Graph API does. */
function templatePage(templates: readonly MessageTemplate[], query: Readonly<Record<string, string>>): object {
  const limit = Math.min(TEMPLATES_LISTED_MAX, Math.max(1, Number(query.limit) || TEMPLATES_LISTED_DEFAULT));
  const from = query.after === undefined ? 0 : Number(Buffer.from(query.after, 'base64').toString('latin1')) || 0;
  const fitting = templates.filter(
    (template) =>
      (query.name === undefined || template.name === query.name) &&
      (query.language === undefined || template.language === query.language) &&
      (query.status === undefined || template.status === query.status),
  );
  const page = fitting.slice(from, from + limit);
  const cursors = { before: cursorOf(from), after: cursorOf(from + page.length) };
  return {
    data: page.map((template) => templateItem(template, templates.indexOf(template))),
    paging: {
      cursors,
      ...(from + page.length < fitting.length ? { next: `?after=${cursors.after}&limit=${limit}` } : {}),
    },
  };
}

function templateItem(template: MessageTemplate, index: number): object {
  const isNamed = placesOf(template.body).some((place) => !/^\d+$/.test(place));
  return {
    name: template.name,
    parameter_format: isNamed ? 'NAMED' : 'POSITIONAL',
    components: [{ type: 'BODY', text: template.body }],
    language: template.language,
    status: template.status,
    category: template.category,
    id: String(700_000_000_000_000 + index),
  };
}

function cursorOf(offset: number): string {
  return Buffer.from(String(offset), 'latin1').toString('base64');
}

/** Also a body that is no JSON, or too long, is refused in the provider's words. */
function answerFailure(error: FastifyError | SimulatorRefusal, _: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof SimulatorRefusal)
    return reply.code(error.httpStatus).send({ code: error.code, message: error.message });
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(errorBody(providerError(100, error.message)));
  reportDefect(error);
  return reply.code(500).send(errorBody(providerError(1, 'The simulator failed; this is a defect of the simulator.')));
}
