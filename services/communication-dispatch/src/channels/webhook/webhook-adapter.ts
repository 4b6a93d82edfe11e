import {
  ChannelAdapter,
  type OpenChannel,
  type OutgoingMessage,
  type SendOutcome,
  type WebhookRequest,
} from '../channel-adapter.js';
import { isProviderAddress, isProviderId, providerWord, storedText, type ChannelNotice } from '../channel-notice.js';
import type { ProviderAnswer } from '../http/call-once.js';
import { list, member, parsed, textMember } from '../http/json.js';
import {
  addressBelow,
  INCOMPLETE,
  ProviderConnections,
  unanswered,
  type ConnectionLimits,
} from '../http/provider-connections.js';
import { refusalOf } from '../http/refusal.js';
import { isTimedSignature, timedSignature } from '../secret-digest.js';

/** Names of the channel's settings and secrets. */
export const WEBHOOK_SETTINGS = ['url'] as const;
export const WEBHOOK_SECRETS = ['signingKey'] as const;

const STATUSES = ['delivered', 'read', 'failed'] as const;

/**
 * The company's own system: a signed call for each message, and signed events back. docs/reference/webhook-channel.md has the
 * contract.
 */
export class WebhookAdapter extends ChannelAdapter {
  override readonly type = 'webhook';
  override readonly sendTimeoutMs: number;
  private readonly connections: ProviderConnections;

  constructor(
    limits: ConnectionLimits,
    /** By the machine's clock, in milliseconds since 1970: a signature carries its instant. */
    private readonly nowMs: () => number,
  ) {
    super();
    this.connections = new ProviderConnections(limits);
    this.sendTimeoutMs = this.connections.callTimeoutMs;
  }

  override async send({ channel, secrets }: OpenChannel, message: OutgoingMessage): Promise<SendOutcome> {
    const { signingKey } = secrets;
    const target = addressBelow(channel.settings['url'], '');
    if (target === undefined || signingKey === undefined) return INCOMPLETE;
    const body = JSON.stringify(bodyOf(message));
    const sent = await this.connections.call(new URL(channel.settings['url'] ?? ''), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': message.idempotencyKey,
        'x-signature': timedSignature(body, signingKey, this.nowMs()),
      },
      body,
    });
    return 'answer' in sent ? outcomeOfAnswer(sent.answer, message.idempotencyKey) : unanswered(sent);
  }

  override isAuthentic({ secrets }: OpenChannel, { headers, body, atMs }: WebhookRequest): boolean {
    return isTimedSignature(body, headers['x-signature'], secrets['signingKey'], atMs);
  }

  override read({ body }: WebhookRequest): readonly ChannelNotice[] | undefined {
    const events = member(parsed(body.toString('utf8')), 'events');
    return Array.isArray(events) ? list(events).flatMap(noticeOf) : undefined;
  }

  override close(): Promise<void> {
    return this.connections.close();
  }
}

function bodyOf({ address, echo, content }: OutgoingMessage): object {
  const head = { address, communicationId: echo };
  if (content.type === 'text') return { ...head, text: content.text };
  if (content.type === 'data') return { ...head, name: content.name, values: content.values, context: content.context };
  return { ...head, content };
}

function outcomeOfAnswer(answer: ProviderAnswer, idempotencyKey: string): SendOutcome {
  const { status, body } = answer;
  if (status >= 200 && status < 300) {
    const id = textMember(parsed(body), 'id');
    return { outcome: 'accepted', providerMessageId: isProviderId(id) ? id : idempotencyKey };
  }
  return status === 410
    ? { outcome: 'refused', code: 'invalid_address', providerCode: 'http_410' }
    : refusalOf(answer, undefined);
}

function noticeOf(event: unknown): readonly ChannelNotice[] {
  const id = member(event, 'id');
  if (!isProviderId(id)) return [];
  const type = member(event, 'type');
  if (type === 'message') return messageOf(event, id);
  return type === 'status' ? statusOf(event, id) : [];
}

function messageOf(event: unknown, id: string): readonly ChannelNotice[] {
  const address = member(event, 'address');
  const text = textMember(event, 'text');
  if (!isProviderAddress(address) || text === undefined) return [];
  return [{ about: 'message', providerMessageId: id, address, text: storedText(text) }];
}

function statusOf(event: unknown, id: string): readonly ChannelNotice[] {
  const status = STATUSES.find((each) => each === member(event, 'status'));
  if (status === undefined) return [];
  const echo = textMember(event, 'communicationId');
  const base = { about: 'status', status, providerMessageId: id, ...(echo === undefined ? {} : { echo }) } as const;
  if (status !== 'failed') return [base];
  const word = providerWord(member(event, 'code'));
  return [{ ...base, code: 'message_refused', ...(word === undefined ? {} : { providerCode: word }) }];
}
