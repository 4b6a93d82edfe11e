import { ACCEPTED_MAX_DEFAULT, ACCEPTED_MAX_LIMIT, TEMPLATES_MAX } from './bounds.js';
import { checkShares, DEFAULT_PHRASES, DEFAULT_SHARES, type PeopleShares } from './people/person.js';
import { DEFAULT_TEMPLATES, type MessageTemplate } from './whatsapp/template.js';
import type { PairRate } from './whatsapp/send-limits.js';
import type { WaIdRule } from './whatsapp/wa-id.js';
import type { WebhookTarget } from './webhooks/webhook-delivery.js';

/** `automatic`: people act by nature. `manual`: every valid message is accepted and then waits for commands. */
export type SimulatorMode = 'automatic' | 'manual';

export interface SimulatorSettings {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Whole number that everything random follows from. */
  readonly seed: number;
  /** Seconds of the people's lives in a second of ours: at 60 someone who answers after a minute answers after a second. */
  readonly timeScale: number;
  readonly mode: SimulatorMode;
  readonly shares: PeopleShares;
  readonly phrases: readonly string[];
  /** What `Authorization: Bearer` must carry. */
  readonly accessToken: string;
  /** Numbers that may send; `null` takes any. */
  readonly phoneNumberIds: readonly string[] | null;
  /** The account whose templates may be listed; `null` takes any. Webhooks carry it, or `0`. */
  readonly businessAccountId: string | null;
  readonly displayPhoneNumber: string;
  readonly templates: readonly MessageTemplate[];
  readonly waIdRule: WaIdRule;
  /** Meta gives each number 80 a second at first; `null` is no limit. */
  readonly messagesPerSecondMax: number | null;
  readonly pairRate: PairRate | null;
  /** Free-form text is allowed this long after a person wrote; `null`: always. */
  readonly serviceWindowMs: number | null;
  /** Accepted messages held at most; then sends are refused with 507. */
  readonly acceptedMax: number;
  readonly webhook: WebhookTarget | null;
  /** The token in the path of the Telegram Bot API. */
  readonly botToken: string;
  /** Where mail is taken; 0 is a free port, `null` no mail. */
  readonly smtpPort: number | null;
  /** Who may bring mail; `null`: anybody. */
  readonly smtpLogin: { readonly user: string; readonly password: string } | null;
  /** What `Authorization: Bearer` must carry to place calls. */
  readonly voiceKey: string;
  /** Signs the calls of a webhook channel. */
  readonly receiverSecret: string;
  readonly webhookConcurrency: number;
  readonly webhookBatchMax: number;
  readonly webhookRetryFirstMs: number;
  readonly webhookRetryMaxMs: number;
}

export const DEFAULT_SETTINGS: SimulatorSettings = {
  port: 4010,
  host: '127.0.0.1',
  seed: 1,
  timeScale: 1,
  mode: 'automatic',
  shares: DEFAULT_SHARES,
  phrases: DEFAULT_PHRASES,
  accessToken: 'simulated-access-token',
  phoneNumberIds: null,
  businessAccountId: null,
  displayPhoneNumber: '15550100000',
  templates: DEFAULT_TEMPLATES,
  waIdRule: 'digits',
  messagesPerSecondMax: 80,
  pairRate: { burst: 45, intervalMs: 6_000 },
  serviceWindowMs: 24 * 60 * 60 * 1_000,
  acceptedMax: ACCEPTED_MAX_DEFAULT,
  webhook: null,
  botToken: 'simulated-bot-token',
  smtpPort: null,
  smtpLogin: null,
  voiceKey: 'simulated-voice-key',
  receiverSecret: 'simulated-receiver-secret',
  webhookConcurrency: 8,
  webhookBatchMax: 100,
  webhookRetryFirstMs: 100,
  webhookRetryMaxMs: 5_000,
};

/** What one gives when starting the simulator: anything left out is as in DEFAULT_SETTINGS. */
export type SimulatorOptions = Partial<SimulatorSettings>;

/** Completes the options. Throws RangeError with a sentence when one of them makes no sense. */
export function settingsFrom(options: SimulatorOptions): SimulatorSettings {
  const settings: SimulatorSettings = { ...DEFAULT_SETTINGS, ...options };
  checkShares(settings.shares);
  requireWhole('seed', settings.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  requireWhole('port', settings.port, 0, 65_535);
  if (settings.smtpPort !== null) requireWhole('smtpPort', settings.smtpPort, 0, 65_535);
  requireWhole('acceptedMax', settings.acceptedMax, 1, ACCEPTED_MAX_LIMIT);
  requireWhole('webhookConcurrency', settings.webhookConcurrency, 1, 256);
  requireWhole('webhookBatchMax', settings.webhookBatchMax, 1, 1_000);
  requireWhole('webhookRetryFirstMs', settings.webhookRetryFirstMs, 1, 3_600_000);
  requireWhole('webhookRetryMaxMs', settings.webhookRetryMaxMs, settings.webhookRetryFirstMs, 3_600_000);
  if (settings.messagesPerSecondMax !== null)
    requireWhole('messagesPerSecondMax', settings.messagesPerSecondMax, 1, 1_000_000);
  if (!(settings.timeScale > 0 && settings.timeScale <= 1_000_000)) {
    throw new RangeError(`timeScale must be above 0 and at most 1,000,000, not ${settings.timeScale}`);
  }
  if (settings.phrases.length === 0) throw new RangeError('there must be at least one phrase');
  if (settings.templates.length > TEMPLATES_MAX)
    throw new RangeError(`there may be at most ${TEMPLATES_MAX} templates`);
  if (settings.webhook && !isWebAddress(settings.webhook.url)) {
    throw new RangeError(`the webhook's url must begin with http:// or https://, not "${settings.webhook.url}"`);
  }
  return settings;
}

export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
  }
}
