import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/** How a request ends: with an answer, or with a connection that breaks. */
export type HttpAnswer =
  | {
      readonly does: 'answer';
      readonly httpStatus: number;
      /** JSON text; empty for none. */
      readonly body: string;
      readonly retryAfterSeconds?: number | undefined;
      readonly delayMs?: number;
    }
  | { readonly does: 'reset' };

const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers as told; `stopping` ends slow answers. */
export function sendAnswer(
  reply: FastifyReply,
  answer: HttpAnswer,
  stopping: AbortSignal,
): FastifyReply | Promise<FastifyReply> {
  if (answer.does === 'reset') {
    reply.hijack();
    reply.raw.socket?.resetAndDestroy();
    return reply;
  }
  if (answer.delayMs) return sendLater(reply, answer, answer.delayMs, stopping);
  if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', answer.retryAfterSeconds);
  reply.code(answer.httpStatus);
  return answer.body === '' ? reply.send() : reply.header('content-type', JSON_TYPE).send(answer.body);
}

async function sendLater(
  reply: FastifyReply,
  answer: HttpAnswer,
  delayMs: number,
  stopping: AbortSignal,
): Promise<FastifyReply> {
  try {
    await pause(delayMs, undefined, { signal: stopping });
  } catch (error) {
    if (!stopping.aborted) throw error; // a stop ends the wait, and the connection with it
  }
  return sendAnswer(reply, answer.does === 'answer' ? { ...answer, delayMs: 0 } : answer, stopping);
}
