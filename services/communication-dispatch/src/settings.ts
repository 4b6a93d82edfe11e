import { specifySettings, type SettingsOf } from '@poinciana/service-kit';

/** What whoever operates communication-dispatch may set. */
export const dispatchSettings = specifySettings({
  secretsKey: {
    type: 'secret',
    name: 'POINCIANA_SECRETS_KEY',
    description: 'Opens the sealed secrets of channels; the same for all services that send or save channels.',
    lengthMin: 32,
  },
  settleSeconds: {
    type: 'integer',
    name: 'POINCIANA_DISPATCH_SETTLE_SECONDS',
    description: 'How long proof of a send with an unknown outcome is awaited before it ends as outcome_unknown.',
    default: 600,
    min: 1,
    max: 86_400,
  },
  pollMs: {
    type: 'integer',
    name: 'POINCIANA_DISPATCH_POLL_MS',
    description: 'The longest that due communications and arrived webhooks wait to be noticed.',
    default: 100,
    min: 1,
    max: 10_000,
  },
  lanes: {
    type: 'integer',
    name: 'POINCIANA_DISPATCH_LANES',
    description: 'Batches of due communications that a process works on at the same time.',
    default: 3,
    min: 1,
    max: 16,
  },
  connections: {
    type: 'integer',
    name: 'POINCIANA_DISPATCH_CONNECTIONS',
    description: 'Calls to providers at the same time.',
    default: 64,
    min: 1,
    max: 1_000,
  },
  connectTimeoutMs: {
    type: 'integer',
    name: 'POINCIANA_DISPATCH_CONNECT_TIMEOUT_MS',
    description: 'How long a connection to a provider may take.',
    default: 5_000,
    min: 100,
    max: 60_000,
  },
  answerTimeoutMs: {
    type: 'integer',
    name: 'POINCIANA_DISPATCH_ANSWER_TIMEOUT_MS',
    description: 'How long a provider may take to answer before the outcome counts as unknown.',
    default: 15_000,
    min: 100,
    max: 120_000,
  },
  whatsappMessagesPerSecond: {
    type: 'integer',
    name: 'POINCIANA_WHATSAPP_MESSAGES_PER_SECOND',
    description: 'Messages a second that one WhatsApp number may send.',
    default: 80,
    min: 1,
    max: 100_000,
  },
  whatsappPairIntervalMs: {
    type: 'integer',
    name: 'POINCIANA_WHATSAPP_PAIR_INTERVAL_MS',
    description: 'The least time between two messages of one WhatsApp number to one person; 0 for none.',
    default: 6_000,
    min: 0,
    max: 600_000,
  },
});

export type DispatchSettings = SettingsOf<typeof dispatchSettings>;
