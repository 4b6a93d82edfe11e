import {
  ChannelAdapter,
  type OpenChannel,
  type OutgoingMessage,
  type Polled,
  type SendOutcome,
  type WebhookRequest,
} from '../channel-adapter.js';
import type { ChannelNotice } from '../channel-notice.js';
import type { CallOutcome } from '../http/call-once.js';
import { list, member, parsed } from '../http/json.js';
import {
  addressBelow,
  INCOMPLETE,
  ProviderConnections,
  unanswered,
  type ConnectionLimits,
} from '../http/provider-connections.js';
import { isSameSecret } from '../secret-digest.js';
import { outcomeOfAnswer } from './telegram-answer.js';
import { noticesOfUpdate, updateIdOf } from './telegram-update.js';

/** Names of the channel's settings and secrets. `updates`: `polling`, unless it says `webhook`. */
export const TELEGRAM_SETTINGS = ['baseUrl', 'updates'] as const;
export const TELEGRAM_SECRETS = ['botToken', 'webhookSecret'] as const;

const BASE_URL = 'https://api.telegram.org';
const TOKEN = /^[A-Za-z0-9:_-]{1,200}$/;
const CHAT_ID = /^-?\d{1,16}$/;
const UPDATES_MAX = 100;
/** How long the Bot API may hold a poll without news. */
const POLL_SECONDS = 20;
/** Polls at the same time; bots beyond wait for their turn. */
const POLLS_MAX = 1_000;

/** Telegram through the Bot API: `POST <baseUrl>/bot<token>/sendMessage`. The token is in the address, which goes nowhere else. */
export class TelegramAdapter extends ChannelAdapter {
  override readonly type = 'telegram';
  override readonly mayPoll = true;
  override readonly sendTimeoutMs: number;
  private readonly connections: ProviderConnections;
  /** Polls hold their connection for long: they must not take those of the sends. */
  private readonly pollConnections: ProviderConnections;

  constructor(limits: ConnectionLimits) {
    super();
    this.connections = new ProviderConnections(limits);
    const answerTimeoutMs = limits.answerTimeoutMs + POLL_SECONDS * 1_000;
    this.pollConnections = new ProviderConnections({ ...limits, connections: POLLS_MAX, answerTimeoutMs });
    // A chat that moved is written to once more.
    this.sendTimeoutMs = 2 * this.connections.callTimeoutMs;
  }

  override async send(channel: OpenChannel, { address, content }: OutgoingMessage): Promise<SendOutcome> {
    if (content.type !== 'text' || content.text === '')
      return { outcome: 'refused', code: 'message_refused', providerCode: 'no_text' };
    if (!CHAT_ID.test(address)) return { outcome: 'refused', code: 'invalid_address', providerCode: 'not_called' };
    const outcome = await this.sendTo(channel, address, content.text);
    if (!('movedTo' in outcome)) return outcome;
    const again = await this.sendTo(channel, outcome.movedTo, content.text);
    if ('movedTo' in again) return { outcome: 'refused', code: 'invalid_address', providerCode: 'moved_twice' };
    return again.outcome === 'accepted' ? { ...again, providerAddress: outcome.movedTo } : again;
  }

  private async sendTo(
    channel: OpenChannel,
    chatId: string,
    text: string,
  ): Promise<SendOutcome | { readonly movedTo: string }> {
    const address = methodOf(channel, 'sendMessage');
    if (address === undefined) return INCOMPLETE;
    const sent = await post(this.connections, address, { chat_id: Number(chatId), text });
    return 'answer' in sent ? outcomeOfAnswer(sent.answer, channel.channel.id, chatId) : unanswered(sent);
  }

  /** The body is not signed: the secret that we gave with the webhook stands for it. */
  override isAuthentic({ secrets }: OpenChannel, { headers }: WebhookRequest): boolean {
    const given = headers['x-telegram-bot-api-secret-token'];
    const { webhookSecret } = secrets;
    return typeof given === 'string' && webhookSecret !== undefined && isSameSecret(given, webhookSecret);
  }

  override read({ body }: WebhookRequest, { channel }: OpenChannel): readonly ChannelNotice[] | undefined {
    const update = parsed(body.toString('utf8'));
    return updateIdOf(update) === undefined ? undefined : noticesOfUpdate(channel.id, update);
  }

  override polls({ channel }: OpenChannel): boolean {
    return channel.settings['updates'] !== 'webhook';
  }

  override async poll(channel: OpenChannel, cursor: string | undefined, signal: AbortSignal): Promise<Polled> {
    const address = methodOf(channel, 'getUpdates');
    if (address === undefined) return { failed: 'incomplete_settings' };
    const offset = cursor === undefined ? {} : { offset: Number(cursor) };
    const asked = { ...offset, limit: UPDATES_MAX, timeout: POLL_SECONDS, allowed_updates: ['message'] };
    const polled = await post(this.pollConnections, address, asked, signal);
    if (!('answer' in polled)) return { failed: polled.code };
    const json = parsed(polled.answer.body);
    if (polled.answer.status !== 200 || member(json, 'ok') !== true) return { failed: `http_${polled.answer.status}` };
    const updates = list(member(json, 'result'));
    const last = Math.max(-1, ...updates.map((update) => updateIdOf(update) ?? -1));
    const notices = updates.flatMap((update) => noticesOfUpdate(channel.channel.id, update));
    return { notices, cursor: last < 0 ? cursor : String(last + 1) };
  }

  override async close(): Promise<void> {
    await Promise.all([this.connections.close(), this.pollConnections.close()]);
  }
}

function methodOf({ channel, secrets }: OpenChannel, method: string): URL | undefined {
  const { botToken } = secrets;
  if (botToken === undefined || !TOKEN.test(botToken)) return undefined;
  return addressBelow(channel.settings['baseUrl'] ?? BASE_URL, `bot${botToken}/${method}`);
}

function post(
  connections: ProviderConnections,
  address: URL,
  body: object,
  signal?: AbortSignal,
): Promise<CallOutcome> {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(body) } as const;
  return connections.call(address, signal === undefined ? request : { ...request, signal });
}
