import type { Cuts } from '@poinciana/event-sourcing';
import {
  ChannelAdapter,
  type OpenChannel,
  type OutgoingMessage,
  type Proof,
  type QuestionedSend,
  type SendOutcome,
  type WebhookRequest,
} from './channel-adapter.js';
import type { ChannelNotice } from './channel-notice.js';
import { parsed } from './http/json.js';
import { INCOMPLETE } from './http/provider-connections.js';
import { isAboutNumber } from './whatsapp/whatsapp-webhook.js';

/** What the twin does with the next message: as the outcome says, or it accepts and its answer is lost. */
export type ScriptedOutcome = SendOutcome | { readonly outcome: 'acceptedUnheard' };

const UNREACHABLE: SendOutcome = { outcome: 'delayed', code: 'provider_unreachable', scope: 'channel' };

/** A provider in memory. It accepts unless its script says otherwise, and remembers what it accepted. */
export class InMemoryChannel extends ChannelAdapter {
  override readonly type = 'whatsapp';
  override readonly sendTimeoutMs = 1_000;
  readonly accepted: OutgoingMessage[] = [];
  /** What happens while a message is on its way. */
  whileSending: () => Promise<void> = async () => undefined;
  /** What it says about a send when it is asked. */
  asked: (sent: QuestionedSend) => Proof = () => ({ proof: 'none' });
  private gone = false;
  private silent = false;
  private readonly broken = new Set<string>();
  private readonly scripts = new Map<string, ScriptedOutcome[]>();

  constructor(private readonly cuts?: Cuts) {
    super();
  }

  /** Lays out what happens to the next messages to an address. */
  script(address: string, ...outcomes: readonly ScriptedOutcome[]): void {
    this.scripts.set(address, [...(this.scripts.get(address) ?? []), ...outcomes]);
  }

  /** From now on an address makes the adapter itself fail, as a bug would. */
  breakAt(address: string): void {
    this.broken.add(address);
  }

  /** From now on there is no link to it. */
  vanish(): void {
    this.gone = true;
  }

  /** From now on it takes everything and says nothing about it. */
  fallSilent(): void {
    this.silent = true;
  }

  /** The link is there again, and it answers. */
  comeBack(): void {
    this.gone = false;
    this.silent = false;
  }

  /** How often it took something with this echo. */
  acceptedTimes(echo: string): number {
    return this.accepted.filter((message) => message.echo === echo).length;
  }

  override async send({ secrets }: OpenChannel, message: OutgoingMessage): Promise<SendOutcome> {
    this.cuts?.pass('before the provider is called');
    if (Object.keys(secrets).length === 0) return INCOMPLETE;
    if (this.gone) return UNREACHABLE;
    await this.whileSending();
    if (this.broken.has(message.address)) throw new Error('The adapter is broken for this address');
    const scripted = this.nextOutcome(message.address);
    if (scripted.outcome !== 'accepted' && scripted.outcome !== 'acceptedUnheard') return scripted;
    this.accepted.push(message);
    this.cuts?.pass('after the provider accepted');
    return scripted.outcome === 'accepted' && !this.silent ? scripted : { outcome: 'unknown', providerCode: 'lost' };
  }

  override async lookUp(_channel: OpenChannel, sent: QuestionedSend): Promise<Proof> {
    return this.asked(sent);
  }

  private nextOutcome(address: string): ScriptedOutcome {
    const scripted = this.scripts.get(address)?.shift();
    return scripted ?? { outcome: 'accepted', providerMessageId: `twin.${this.accepted.length + 1}` };
  }

  override isAuthentic({ secrets }: OpenChannel, { headers }: WebhookRequest): boolean {
    const { appSecret } = secrets;
    return appSecret !== undefined && headers['x-twin-secret'] === appSecret;
  }

  override read({ body }: WebhookRequest): readonly ChannelNotice[] | undefined {
    const notices = parsed(body.toString('utf8'));
    return Array.isArray(notices) ? (notices as ChannelNotice[]) : undefined;
  }

  override isAbout(open: OpenChannel, notice: ChannelNotice): boolean {
    return isAboutNumber(open, notice);
  }

  override verify(
    { secrets }: OpenChannel,
    { token, challenge }: Readonly<Record<string, string | undefined>>,
  ): string | undefined {
    return token !== undefined && token === secrets['verifyToken'] ? challenge : undefined;
  }

  override async close(): Promise<void> {}
}
