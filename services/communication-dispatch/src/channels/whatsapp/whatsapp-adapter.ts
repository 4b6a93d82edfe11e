import {
  ChannelAdapter,
  type OpenChannel,
  type OutgoingMessage,
  type ProviderTemplate,
  type SendOutcome,
  type WebhookRequest,
} from '../channel-adapter.js';
import type { ChannelNotice } from '../channel-notice.js';
import {
  addressBelow,
  INCOMPLETE,
  ProviderConnections,
  targetOf,
  unanswered,
  type ConnectionLimits,
} from '../http/provider-connections.js';
import type { CallTarget } from '../http/call-once.js';
import { isSameSecret } from '../secret-digest.js';
import { outcomeOfAnswer } from './whatsapp-answer.js';
import { templatesOf } from './whatsapp-templates.js';
import { isAboutNumber, isSigned, noticesOf } from './whatsapp-webhook.js';

/** Names of the channel's settings and secrets, as they are saved with it. */
export const WHATSAPP_SETTINGS = ['baseUrl', 'phoneNumberId', 'businessAccountId'] as const;
export const WHATSAPP_SECRETS = ['accessToken', 'appSecret', 'verifyToken'] as const;

const TEMPLATES_MAX = 250;

interface MessagesPlace {
  readonly target: CallTarget;
  readonly headers: Record<string, string>;
}

/** WhatsApp through Meta's Cloud API: `POST <baseUrl>/<phone number id>/messages`; `baseUrl` ends in the version. */
export class WhatsAppAdapter extends ChannelAdapter {
  override readonly type = 'whatsapp';
  override readonly sendTimeoutMs: number;
  private readonly connections: ProviderConnections;
  private readonly places = new WeakMap<OpenChannel, MessagesPlace>();

  constructor(limits: ConnectionLimits) {
    super();
    this.connections = new ProviderConnections(limits);
    this.sendTimeoutMs = this.connections.callTimeoutMs;
  }

  override async send(open: OpenChannel, message: OutgoingMessage): Promise<SendOutcome> {
    const place = this.placeOf(open);
    if (place === undefined) return INCOMPLETE;
    const body = bodyOf(message);
    if (body === undefined) return { outcome: 'refused', code: 'message_refused', providerCode: 'not_called' };
    const { target, headers } = place;
    const sent = await this.connections.callAt(target, { method: 'POST', headers, body: JSON.stringify(body) });
    return 'answer' in sent ? outcomeOfAnswer(sent.answer) : unanswered(sent);
  }

  /** Where messages of a channel go, worked out once for each saving of it; `undefined` while it is incomplete. */
  private placeOf(open: OpenChannel): MessagesPlace | undefined {
    const known = this.places.get(open);
    if (known !== undefined) return known;
    const { accessToken } = open.secrets;
    const address = addressOf(open.channel.settings, 'phoneNumberId', 'messages');
    if (accessToken === undefined || address === undefined) return undefined;
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const place = { target: targetOf(address), headers };
    this.places.set(open, place);
    return place;
  }

  override isAuthentic({ secrets }: OpenChannel, { headers, body }: WebhookRequest): boolean {
    const { appSecret } = secrets;
    return appSecret !== undefined && isSigned(body, headers['x-hub-signature-256'], appSecret);
  }

  override read({ body }: WebhookRequest): readonly ChannelNotice[] | undefined {
    return noticesOf(body);
  }

  override isAbout(open: OpenChannel, notice: ChannelNotice): boolean {
    return isAboutNumber(open, notice);
  }

  override verify({ secrets }: OpenChannel, query: Readonly<Record<string, string | undefined>>): string | undefined {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
    const { verifyToken } = secrets;
    if (mode !== 'subscribe' || token === undefined || verifyToken === undefined) return undefined;
    return isSameSecret(token, verifyToken) ? challenge : undefined;
  }

  /** The approved templates of the business account, the first of them. */
  override async templates({ channel, secrets }: OpenChannel): Promise<readonly ProviderTemplate[] | undefined> {
    const { accessToken } = secrets;
    const address = addressOf(channel.settings, 'businessAccountId', 'message_templates');
    if (accessToken === undefined || address === undefined) return undefined;
    address.searchParams.set('status', 'APPROVED');
    address.searchParams.set('limit', String(TEMPLATES_MAX));
    const headers = { authorization: `Bearer ${accessToken}` };
    const listed = await this.connections.call(address, { method: 'GET', headers });
    return 'answer' in listed && listed.answer.status === 200 ? templatesOf(listed.answer.body) : undefined;
  }

  override close(): Promise<void> {
    return this.connections.close();
  }
}

function addressOf(settings: Readonly<Record<string, string>>, idName: string, path: string): URL | undefined {
  const id = settings[idName];
  return id !== undefined && /^\d{1,32}$/.test(id) ? addressBelow(settings['baseUrl'], `${id}/${path}`) : undefined;
}

/** What the Cloud API wants; `undefined` for contents of other channels. */
function bodyOf({ address, echo, content }: OutgoingMessage): object | undefined {
  const head = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: address,
    biz_opaque_callback_data: echo,
  };
  if (content.type === 'text') return { type: 'text', text: { body: content.text }, ...head };
  if (content.type !== 'template') return undefined;
  const parameters = content.values.map(({ name, text }) => ({
    type: 'text',
    ...(name === undefined ? {} : { parameter_name: name }),
    text,
  }));
  const components = parameters.length === 0 ? {} : { components: [{ type: 'body', parameters }] };
  const template = { name: content.name, language: { code: content.language }, ...components };
  return { type: 'template', template, ...head };
}
