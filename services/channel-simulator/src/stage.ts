import { MailExchange } from './mail/mail-exchange.js';
import { Receiver } from './receiver/receiver.js';
import type { AnyChannel, SimulatedChannelSettings } from './channels/simulated-channel.js';
import type { SimulatorMode, SimulatorSettings } from './settings.js';
import { TelegramBot } from './telegram/telegram-bot.js';
import { VoiceRuntime } from './voice/voice-runtime.js';
import { WebhookPost } from './webhooks/webhook-post.js';

/** How often due steps are looked for. */
const BEAT_MS = 10;

/** The channels beside WhatsApp, each with its people. */
export class Stage {
  readonly bot: TelegramBot;
  readonly mail: MailExchange;
  readonly voice: VoiceRuntime;
  readonly receiver: Receiver;
  readonly #post: WebhookPost;
  readonly #beat: NodeJS.Timeout;

  constructor(settings: SimulatorSettings) {
    this.#post = new WebhookPost(settings.webhookConcurrency);
    const own = channelSettings(settings);
    this.bot = new TelegramBot(this.#post, own);
    const { smtpPort, smtpLogin: login, host } = settings;
    this.mail = new MailExchange({ smtpPort, login, host }, own);
    this.voice = new VoiceRuntime(this.#post, own);
    this.receiver = new Receiver(this.#post, settings.receiverSecret, own);
    this.#beat = setInterval(() => this.advance(), BEAT_MS);
  }

  get channels(): readonly AnyChannel[] {
    return [this.bot.channel, this.mail.channel, this.voice.channel, this.receiver.channel];
  }

  channelOf(name: string): AnyChannel | undefined {
    return this.channels.find((channel) => channel.name === name);
  }

  setMode(mode: SimulatorMode): void {
    for (const channel of this.channels) channel.mode = mode;
  }

  advance(): void {
    const nowMs = Date.now();
    for (const channel of this.channels) channel.advance(nowMs);
  }

  reset(): void {
    this.bot.reset();
    this.voice.reset();
    this.mail.channel.reset();
    this.receiver.channel.reset();
  }

  listen(): Promise<void> {
    return this.mail.listen();
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    await this.mail.stop();
    await this.#post.stop();
  }
}

function channelSettings(settings: SimulatorSettings): SimulatedChannelSettings {
  const { seed, timeScale, shares, phrases, mode, acceptedMax } = settings;
  const { webhookRetryFirstMs: retryFirstMs, webhookRetryMaxMs: retryMaxMs } = settings;
  return { seed, timeScale, shares, phrases, mode, acceptedMax, retryFirstMs, retryMaxMs };
}
