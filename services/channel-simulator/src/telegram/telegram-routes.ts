import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SEND_BODY_BYTES_MAX } from '../bounds.js';
import { sendAnswer, type HttpAnswer } from '../channels/http-answer.js';
import { BOT_ID, type TelegramBot } from './telegram-bot.js';
import { DESCRIPTIONS, refusal, success } from './telegram-words.js';

const POLL_SECONDS_MAX = 50;

interface MethodCall {
  readonly Params: { readonly token: string; readonly method: string };
}

/** `POST /bot<token>/<method>` of api.telegram.org, for the methods that a sender needs. `stopping` ends long polls. */
export function telegramRoutes(bot: TelegramBot, token: string, stopping: AbortSignal) {
  return async (app: FastifyInstance): Promise<void> => {
    const answer = async (request: FastifyRequest<MethodCall>, reply: FastifyReply): Promise<FastifyReply> =>
      sendAnswer(reply, await answerOf(bot, token, request, stopping), stopping);
    app.post<MethodCall>('/bot:token/:method', { bodyLimit: SEND_BODY_BYTES_MAX }, answer);
    app.get<MethodCall>('/bot:token/:method', answer);
  };
}

type Parameters = Readonly<Record<string, unknown>>;
type Method = (bot: TelegramBot, given: Parameters, stopping: AbortSignal) => HttpAnswer | Promise<HttpAnswer>;

const METHODS: Readonly<Record<string, Method>> = {
  sendMessage: (bot, given) => bot.sendMessage(given),
  getMe: () => success({ id: BOT_ID, is_bot: true, first_name: 'Simulated bot', username: 'simulated_bot' }),
  getUpdates: (bot, { offset, limit = 100, timeout = 0 }, stopping) => {
    const seconds = Math.min(POLL_SECONDS_MAX, Number(timeout) || 0);
    return bot.getUpdates(offset === undefined ? undefined : Number(offset), Number(limit), seconds * 1_000, stopping);
  },
  setWebhook: (bot, { url = '', secret_token: secretToken = '' }) => {
    bot.setWebhook(url === '' ? null : { url: String(url), secretToken: String(secretToken) });
    return success(true);
  },
  deleteWebhook: (bot) => {
    bot.setWebhook(null);
    return success(true);
  },
  getWebhookInfo: (bot) => success({ url: bot.webhook?.url ?? '', pending_update_count: bot.channel.waiting }),
};

async function answerOf(
  bot: TelegramBot,
  token: string,
  { params, body, query }: FastifyRequest<MethodCall>,
  stopping: AbortSignal,
): Promise<HttpAnswer> {
  if (params.token !== token) return refusal(401, DESCRIPTIONS[401] ?? '');
  const method = Object.hasOwn(METHODS, params.method) ? METHODS[params.method] : undefined;
  const given = { ...(query as object), ...(body as object | undefined) };
  return method === undefined ? refusal(404, DESCRIPTIONS[404] ?? '') : method(bot, given, stopping);
}
