import { startChannelSimulator, type ChannelSimulator } from '@poinciana/channel-simulator';
import type { workspace } from '@poinciana/contracts';
import { Secret } from '@poinciana/service-kit';
import type { ChannelAdapter, OpenChannel } from '../../src/channels/channel-adapter.js';
import type { ProviderBehaviour, StartedAdapter } from '../../src/channels/conformance/channel-adapter-conformance.js';
import { EmailAdapter } from '../../src/channels/email/email-adapter.js';
import { ReturnAddresses } from '../../src/channels/email/return-addresses.js';
import type { OutgoingContent } from '../../src/channels/outgoing-content.js';
import { TelegramAdapter } from '../../src/channels/telegram/telegram-adapter.js';
import { VoiceAdapter } from '../../src/channels/voice/voice-adapter.js';
import { WebhookAdapter } from '../../src/channels/webhook/webhook-adapter.js';
import { WhatsAppAdapter } from '../../src/channels/whatsapp/whatsapp-adapter.js';

export const LIMITS = { connections: 4, connectTimeoutMs: 1_000, answerTimeoutMs: 400 };
export const ADDRESSES = new ReturnAddresses({
  mailDomain: 'mail.example',
  publicUrl: 'https://api.example',
  key: new Secret('a key for tests that is long enough'),
});

/** How a type of channel is played. */
interface Playing {
  /** Its name in the simulator's control API; WhatsApp's is at the root. */
  readonly name: 'telegram' | 'mail' | 'voice' | 'webhook' | undefined;
  readonly adapter: () => ChannelAdapter;
  readonly address: string;
  readonly content: OutgoingContent;
  readonly refusal: object;
  readonly delay: object;
  open(simulator: ChannelSimulator): OpenChannel;
}

export function openChannel(
  type: string,
  settings: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): OpenChannel {
  const channel: workspace.Channel = {
    id: '33333333-3333-4333-8333-333333333333',
    name: type,
    type,
    running: true,
    settings,
    encryptedSecrets: {},
    templates: [],
  };
  return { channel, secrets };
}

const TEXT: OutgoingContent = { type: 'text', text: 'Hello Ada' };
const CALL: OutgoingContent = {
  type: 'call',
  agentId: 'collections',
  sipServer: 'sip.example',
  sipParameters: { trunk: 'one' },
  context: {},
};

export const PLAYED: Readonly<Record<string, Playing>> = {
  WhatsApp: {
    name: undefined,
    adapter: () => new WhatsAppAdapter(LIMITS),
    address: '491510000001',
    content: { type: 'template', name: 'hello_world', language: 'en_US', values: [] },
    refusal: { kind: 'refuse', code: 131_026 },
    delay: { kind: 'refuse', code: 130_429, retryAfterSeconds: 3 },
    open: ({ url }) =>
      openChannel(
        'whatsapp',
        { baseUrl: `${url}/v23.0`, phoneNumberId: '123456', businessAccountId: '777' },
        { accessToken: 'simulated-access-token', appSecret: 'app', verifyToken: 'verify' },
      ),
  },
  Telegram: {
    name: 'telegram',
    adapter: () => new TelegramAdapter(LIMITS),
    address: '4242',
    content: TEXT,
    refusal: { kind: 'refuse', code: 403 },
    delay: { kind: 'refuse', code: 429, retryAfterSeconds: 3 },
    open: ({ url }) =>
      openChannel('telegram', { baseUrl: url }, { botToken: 'simulated-bot-token', webhookSecret: 'hook' }),
  },
  Email: {
    name: 'mail',
    adapter: () => new EmailAdapter(LIMITS, ADDRESSES),
    address: 'ada@people.example',
    content: { type: 'email', subject: 'Hello', body: 'Hello Ada', format: 'plain' },
    refusal: { kind: 'refuse', code: 550 },
    delay: { kind: 'refuse', code: 451 },
    open: ({ smtpPort }) =>
      openChannel(
        'email',
        {
          host: '127.0.0.1',
          port: String(smtpPort),
          security: 'none',
          from: 'shop@shop.example',
          fromName: 'The Shop',
          user: 'shop',
        },
        { password: 'secret' },
      ),
  },
  Voice: {
    name: 'voice',
    adapter: () => new VoiceAdapter(LIMITS),
    address: '491510000001',
    content: CALL,
    refusal: { kind: 'refuse', httpStatus: 422 },
    delay: { kind: 'refuse', httpStatus: 429, retryAfterSeconds: 3 },
    open: ({ url }) =>
      openChannel('voice', { baseUrl: `${url}/voice` }, { apiKey: 'simulated-voice-key', callbackSecret: 'back' }),
  },
  Webhook: {
    name: 'webhook',
    adapter: () => new WebhookAdapter(LIMITS, () => Date.now()),
    address: 'ada-1',
    content: { type: 'data', name: 'HELLO', values: { name: 'Ada' }, context: {} },
    refusal: { kind: 'refuse', httpStatus: 410 },
    delay: { kind: 'refuse', httpStatus: 429, retryAfterSeconds: 3 },
    open: ({ url }) =>
      openChannel('webhook', { url: `${url}/receiver/messages` }, { signingKey: 'simulated-receiver-secret' }),
  },
};

/** An adapter whose provider is the simulator, over its real protocol. */
export class SimulatedAdapter implements StartedAdapter {
  readonly adapter: ChannelAdapter;
  readonly channel: OpenChannel;
  private stopped = false;

  private constructor(
    private readonly simulator: ChannelSimulator,
    private readonly playing: Playing,
  ) {
    this.adapter = playing.adapter();
    this.channel = playing.open(simulator);
  }

  static async start(playing: Playing): Promise<SimulatedAdapter> {
    const simulator = await startChannelSimulator({
      port: 0,
      mode: 'manual',
      smtpPort: 0,
      smtpLogin: { user: 'shop', password: 'secret' },
      pairRate: null,
      serviceWindowMs: null,
    });
    return new SimulatedAdapter(simulator, playing);
  }

  get address(): string {
    return this.playing.address;
  }

  get content(): OutgoingContent {
    return this.playing.content;
  }

  async behave(behaviour: ProviderBehaviour): Promise<void> {
    await this.control('DELETE', 'faults');
    const rules: Readonly<Record<ProviderBehaviour, object | undefined>> = {
      accepts: undefined,
      delays: this.playing.delay,
      refuses: this.playing.refusal,
      breaks: { kind: 'resetBeforeAcceptance' },
      losesTheAnswer: { kind: 'resetAfterAcceptance' },
      isSilent: { kind: 'slowAnswer', delayMs: 5_000 },
    };
    const rule = rules[behaviour];
    if (rule !== undefined) await this.control('POST', 'faults', rule);
  }

  /** The Bot API carries nothing of ours: there it is counted by the chat. */
  async acceptedTimes(echo: string): Promise<number> {
    if (this.playing.name === undefined) {
      return ((await this.control('GET', `accepted/${echo}`)) as { readonly accepted: number }).accepted;
    }
    const filter = this.playing.name === 'telegram' ? `address=${this.address}` : `communicationId=${echo}`;
    return ((await this.control('GET', `accepted?${filter}`)) as { readonly accepted: readonly object[] }).accepted
      .length;
  }

  async control(method: string, path: string, body?: object): Promise<unknown> {
    const base = this.playing.name === undefined ? 'control' : `control/${this.playing.name}`;
    const sent =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${this.simulator.url}/${base}/${path}`, { method, ...sent });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async vanish(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.simulator.stop();
  }

  stop(): Promise<void> {
    return this.vanish();
  }
}
