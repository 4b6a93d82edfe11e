import { createHash, timingSafeEqual } from 'node:crypto';
import { Agent } from 'undici';
import {
  ChannelAdapter,
  type ChannelNotice,
  type OpenChannel,
  type OutgoingMessage,
  type SendOutcome,
  type WebhookRequest,
} from '../channel-adapter.js';
import { outcomeOfAnswer } from './whatsapp-answer.js';
import { postOnce } from './post-once.js';
import { isSigned, noticesOf } from './whatsapp-webhook.js';

/** Names of the channel's settings and secrets, as they are saved with it. */
export const WHATSAPP_SETTINGS = ['baseUrl', 'phoneNumberId'] as const;
export const WHATSAPP_SECRETS = ['accessToken', 'appSecret', 'verifyToken'] as const;

export interface WhatsAppLimits {
  /** Connections to one provider, each with one request at a time. */
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** How long the provider may take to answer a request that was written. */
  readonly answerTimeoutMs: number;
}

/** WhatsApp through Meta's Cloud API: `POST <baseUrl>/<phone number id>/messages`; `baseUrl` ends in the version. */
export class WhatsAppAdapter extends ChannelAdapter {
  override readonly type = 'whatsapp';
  override readonly sendTimeoutMs: number;
  private readonly agent: Agent;

  constructor(limits: WhatsAppLimits) {
    super();
    const { connections, connectTimeoutMs, answerTimeoutMs } = limits;
    this.sendTimeoutMs = connectTimeoutMs + 2 * answerTimeoutMs;
    this.agent = new Agent({
      connections,
      pipelining: 1,
      connect: { timeout: connectTimeoutMs },
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
    });
  }

  override async send({ channel, secrets }: OpenChannel, message: OutgoingMessage): Promise<SendOutcome> {
    const { accessToken } = secrets;
    const address = addressOf(channel.settings);
    if (accessToken === undefined || address === undefined) {
      return { outcome: 'delayed', code: 'channel_refused', scope: 'channel', providerCode: 'incomplete_settings' };
    }
    const sent = await postOnce(this.agent, address, {
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(bodyOf(message)),
    });
    if ('answer' in sent) return outcomeOfAnswer(sent.answer);
    return sent.written
      ? { outcome: 'unknown', providerCode: sent.code }
      : { outcome: 'delayed', code: 'provider_unreachable', scope: 'channel', providerCode: sent.code };
  }

  override isAuthentic({ secrets }: OpenChannel, { headers, body }: WebhookRequest): boolean {
    const { appSecret } = secrets;
    return appSecret !== undefined && isSigned(body, headers['x-hub-signature-256'], appSecret);
  }

  override read({ body }: WebhookRequest): readonly ChannelNotice[] | undefined {
    return noticesOf(body);
  }

  override verify({ secrets }: OpenChannel, query: Readonly<Record<string, string | undefined>>): string | undefined {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
    const { verifyToken } = secrets;
    if (mode !== 'subscribe' || token === undefined || verifyToken === undefined) return undefined;
    return timingSafeEqual(digest(token), digest(verifyToken)) ? challenge : undefined;
  }

  override async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** Digests have one length, whatever the tokens have. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function addressOf(settings: Readonly<Record<string, string>>): URL | undefined {
  const { baseUrl, phoneNumberId } = settings;
  if (baseUrl === undefined || phoneNumberId === undefined || !/^\d{1,32}$/.test(phoneNumberId)) return undefined;
  const address = `${baseUrl.replace(/\/+$/, '')}/${phoneNumberId}/messages`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

function bodyOf({ address, echo, content }: OutgoingMessage): object {
  const head = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: address,
    biz_opaque_callback_data: echo,
  };
  if (content.type === 'text') return { ...head, type: 'text', text: { body: content.text } };
  const parameters = content.values.map(({ name, text }) => ({
    type: 'text',
    ...(name === undefined ? {} : { parameter_name: name }),
    text,
  }));
  const components = parameters.length === 0 ? {} : { components: [{ type: 'body', parameters }] };
  return {
    ...head,
    type: 'template',
    template: { name: content.name, language: { code: content.language }, ...components },
  };
}
