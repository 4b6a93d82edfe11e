import { NOTIFICATIONS_WAITING_MAX } from '../bounds.js';
import { receive } from '../channels/accepting.js';
import type { HttpAnswer } from '../channels/http-answer.js';
import type { TakenMessage } from '../channels/message-ledger.js';
import {
  SimulatedChannel,
  type ChannelNature,
  type Happening,
  type SimulatedChannelSettings,
} from '../channels/simulated-channel.js';
import { SimulatorRefusal } from '../simulator-refusal.js';
import type { FaultRule } from '../faults/fault-rule.js';
import type { Person } from '../people/person.js';
import type { WebhookPost } from '../webhooks/webhook-post.js';
import { DESCRIPTIONS, refusal, refusalBody, success } from './telegram-words.js';

export const BOT_ID = 7_000_000_001;
const TEXT_CHARACTERS_MAX = 4_096;
const UPDATES_LISTED_MAX = 100;

/** What happens in a chat with the bot. */
export type ChatEvent =
  | { readonly what: 'message'; readonly chatId: number; readonly text: string }
  | { readonly what: 'blocked' | 'unblocked'; readonly chatId: number };

interface Update {
  readonly update_id: number;
  readonly [name: string]: unknown;
}

/** An event on its way: it gets its number when it is told for the first time, and keeps it. */
interface ChatNews {
  readonly event: ChatEvent;
  update?: Update;
}

export interface BotWebhook {
  readonly url: string;
  readonly secretToken: string;
}

/** One bot of the Telegram Bot API, and the people who started it. */
export class TelegramBot {
  readonly channel: SimulatedChannel<ChatNews>;
  readonly #post: WebhookPost;
  readonly #blocked = new Set<number>();
  readonly #migrated = new Map<number, number>();
  readonly #messageIds = new Map<number, number>();
  #webhook: BotWebhook | null = null;
  #pending: Required<ChatNews>[] = [];
  #lastUpdate = 100_000;
  #wake: () => void = () => undefined;

  constructor(post: WebhookPost, settings: SimulatedChannelSettings) {
    this.#post = post;
    const nature: ChannelNature<ChatNews> = {
      name: 'telegram',
      happeningsOf: (message, person) => this.#happeningsOf(message, person),
      subjectOf: ({ event }) => ({ address: String(event.chatId), communicationId: null }),
      hasReceiver: () => true,
      deliver: (news, isLie) => this.#deliver(this.#numbered(news), isLie),
    };
    this.channel = new SimulatedChannel(nature, settings);
  }

  get webhook(): BotWebhook | null {
    return this.#webhook;
  }

  /** From now on updates are posted, those that wait for getUpdates too; `null`: they wait for getUpdates. */
  setWebhook(webhook: BotWebhook | null): void {
    this.#webhook = webhook;
    if (webhook === null) return;
    const waiting = this.#pending;
    this.#pending = [];
    for (const { event, update } of waiting) this.channel.tell({ event, update });
  }

  /** `chat` moved: who writes to it learns the new id once (`migrate_to_chat_id`). */
  migrate(from: number, to: number): void {
    this.#migrated.set(from, to);
  }

  /** A person blocks the bot, or takes it back. */
  setBlocked(chatId: number, isBlocked: boolean): void {
    if (isBlocked) this.#blocked.add(chatId);
    else this.#blocked.delete(chatId);
    this.happen({ what: isBlocked ? 'blocked' : 'unblocked', chatId });
  }

  happen(event: ChatEvent): void {
    this.channel.tell({ event });
  }

  sendMessage(body: unknown): HttpAnswer {
    const { chat_id: chat, text } = (body ?? {}) as { readonly chat_id?: unknown; readonly text?: unknown };
    const chatId = typeof chat === 'string' && /^-?\d+$/.test(chat) ? Number(chat) : chat;
    if (typeof chatId !== 'number' || !Number.isSafeInteger(chatId)) return refusal(400, 'Bad Request: chat not found');
    if (typeof text !== 'string' || text.trim() === '') return refusal(400, 'Bad Request: message text is empty');
    if (text.length > TEXT_CHARACTERS_MAX) return refusal(400, 'Bad Request: message is too long');
    const moved = this.#migrated.get(chatId);
    if (moved !== undefined)
      return refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: moved });
    const messageId = this.#nextMessageId(chatId);
    const taking = {
      messageId: `${chatId}:${messageId}`,
      communicationId: null,
      address: String(chatId),
      content: { text },
    };
    const words = {
      accepted: () => ({ httpStatus: 200, body: { ok: true, result: messageBody(chatId, messageId, text) } }),
      refused: refusedByFault,
    };
    return receive(this.channel, taking, words, () => this.#whyNot(chatId));
  }

  /** Waits up to `timeoutMs` for updates from `offset` on; smaller ones are confirmed and forgotten. */
  async getUpdates(
    offset: number | undefined,
    limit: number,
    timeoutMs: number,
    stop: AbortSignal,
  ): Promise<HttpAnswer> {
    if (this.#webhook !== null)
      return refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    if (offset !== undefined) this.#pending = this.#pending.filter(({ update }) => update.update_id >= offset);
    if (this.#pending.length === 0 && timeoutMs > 0) await this.#nextUpdate(timeoutMs, stop);
    return success(this.#pending.slice(0, Math.min(limit, UPDATES_LISTED_MAX)).map(({ update }) => update));
  }

  reset(): void {
    this.channel.reset();
    this.#pending = [];
    this.#blocked.clear();
    this.#migrated.clear();
  }

  #nextUpdate(timeoutMs: number, stop: AbortSignal): Promise<void> {
    this.#wake();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, timeoutMs);
      stop.addEventListener('abort', end);
      this.#wake = end;
    });
  }

  #whyNot(chatId: number): HttpAnswer | undefined {
    if (this.#blocked.has(chatId)) return refusal(403, DESCRIPTIONS[403] ?? '');
    if (this.channel.mode === 'manual') return undefined;
    const { kind } = this.channel.personAt(String(chatId));
    if (kind === 'invalidRefused') return refusal(400, DESCRIPTIONS[400] ?? '');
    if (kind === 'invalidReported') return refusal(403, DESCRIPTIONS[403] ?? '');
    if (kind === 'providerErrorOnce' && this.channel.errsFor(String(chatId)))
      return refusal(429, 'Too Many Requests: retry after 1', { retry_after: 1 });
    return undefined;
  }

  #happeningsOf(message: TakenMessage, person: Person): readonly Happening<ChatNews>[] {
    if (person.reply === null) return [];
    const event = { what: 'message', chatId: Number(message.address), text: person.reply } as const;
    return [{ afterMs: person.replyAfterMs, event: { event } }];
  }

  #nextMessageId(chatId: number): number {
    const messageId = (this.#messageIds.get(chatId) ?? 0) + 1;
    this.#messageIds.set(chatId, messageId);
    return messageId;
  }

  #numbered(news: ChatNews): Required<ChatNews> {
    const { event } = news;
    const update = (news.update ??= this.#updateOf(event));
    return { event, update };
  }

  #updateOf(event: ChatEvent): Update {
    this.#lastUpdate += 1;
    const from = { id: event.chatId, is_bot: false, first_name: `Person ${String(event.chatId).slice(-4)}` };
    const chat = { id: event.chatId, type: 'private', first_name: from.first_name };
    const date = Math.floor(Date.now() / 1_000);
    if (event.what === 'message') {
      const messageId = this.#nextMessageId(event.chatId);
      return { update_id: this.#lastUpdate, message: { message_id: messageId, date, chat, from, text: event.text } };
    }
    const status = event.what === 'blocked' ? 'kicked' : 'member';
    const member = { user: { id: BOT_ID, is_bot: true }, status };
    return { update_id: this.#lastUpdate, my_chat_member: { chat, from, date, new_chat_member: member } };
  }

  async #deliver({ event, update }: Required<ChatNews>, isLie: boolean): Promise<boolean> {
    if (this.#webhook === null) {
      if (isLie) return false;
      if (this.#pending.length >= NOTIFICATIONS_WAITING_MAX)
        throw new SimulatorRefusal(507, 'too_many_updates_waiting', 'too many updates wait for getUpdates');
      if (!this.#pending.some((each) => each.update === update)) this.#pending.push({ event, update });
      this.#wake();
      return true;
    }
    const { url, secretToken } = this.#webhook;
    const secret = isLie ? `not-${secretToken}` : secretToken;
    const outcome = await this.#post.post(url, JSON.stringify(update), { 'x-telegram-bot-api-secret-token': secret });
    return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
  }
}

function messageBody(chatId: number, messageId: number, text: string): object {
  const from = { id: BOT_ID, is_bot: true, first_name: 'Simulated bot', username: 'simulated_bot' };
  const date = Math.floor(Date.now() / 1_000);
  return { message_id: messageId, from, chat: { id: chatId, type: 'private' }, date, text };
}

function refusedByFault({ httpStatus, code, retryAfterSeconds }: FaultRule): { httpStatus: number; body: object } {
  const errorCode = code ?? httpStatus ?? 500;
  const parameters = retryAfterSeconds === undefined ? undefined : { retry_after: retryAfterSeconds };
  return {
    httpStatus: httpStatus ?? errorCode,
    body: refusalBody(errorCode, DESCRIPTIONS[errorCode] ?? 'Error', parameters),
  };
}
