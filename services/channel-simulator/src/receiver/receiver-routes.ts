import type { FastifyInstance } from 'fastify';
import { SEND_BODY_BYTES_MAX } from '../bounds.js';
import { sendAnswer } from '../channels/http-answer.js';
import type { Receiver } from './receiver.js';

/** Where a webhook channel calls: the signature is over the raw bytes, so no parser touches them before. */
export function receiverRoutes(receiver: Receiver, stopping: AbortSignal) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: SEND_BODY_BYTES_MAX }, (_, body, done) =>
      done(null, body),
    );
    app.post('/messages', (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : '';
      return sendAnswer(reply, receiver.take(body, request.headers['x-signature']), stopping);
    });
  };
}
