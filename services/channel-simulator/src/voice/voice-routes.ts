import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SEND_BODY_BYTES_MAX } from '../bounds.js';
import { sendAnswer } from '../channels/http-answer.js';
import type { VoiceRuntime } from './voice-runtime.js';

interface CallPath {
  readonly Params: { readonly callId: string };
}

/** The HTTP API of a runtime of voice agents: place a call, look one up, list by our reference. */
export function voiceRoutes(runtime: VoiceRuntime, apiKey: string, stopping: AbortSignal) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.headers.authorization !== `Bearer ${apiKey}`) await reply.code(401).send({ error: 'unauthorized' });
    });
    app.post('/calls', { bodyLimit: SEND_BODY_BYTES_MAX }, (request, reply) =>
      sendAnswer(reply, runtime.placeCall(request.body), stopping),
    );
    app.get<{ Querystring: { reference?: string } }>('/calls', ({ query }) => ({
      calls: runtime.callsWith(query.reference ?? ''),
    }));
    app.get<CallPath>('/calls/:callId', ({ params }, reply) => {
      const call = runtime.callOf(params.callId);
      return call ?? reply.code(404).send({ error: 'unknown_call' });
    });
  };
}
