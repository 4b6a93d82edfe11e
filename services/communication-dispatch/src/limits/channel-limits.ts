import type { DispatchSettings } from '../settings.js';
import type { ChannelLimits } from './channel-capacity.js';

export type LimitSettings = Pick<
  DispatchSettings,
  | 'whatsappMessagesPerSecond'
  | 'whatsappPairIntervalMs'
  | 'telegramMessagesPerSecond'
  | 'telegramPairIntervalMs'
  | 'emailMessagesPerSecond'
  | 'voiceCallsPerSecond'
>;

/** What one may set for a single channel, by the names of its settings. */
export const LIMIT_SETTINGS = ['messagesPerSecond', 'pairIntervalMs', 'peoplePerDay', 'portfolioId'] as const;
const DAY_MS = 24 * 60 * 60 * 1_000;
type ChannelSettings = Readonly<Record<string, string>>;

/** The limits of a channel: of its type, as the process is set, unless the channel itself says otherwise. */
export function limitsOf(settings: LimitSettings) {
  const types: Readonly<Record<string, readonly [messagesPerSecond: number, pairIntervalMs: number]>> = {
    whatsapp: [settings.whatsappMessagesPerSecond, settings.whatsappPairIntervalMs],
    telegram: [settings.telegramMessagesPerSecond, settings.telegramPairIntervalMs],
    email: [settings.emailMessagesPerSecond, 0],
    voice: [settings.voiceCallsPerSecond, 0],
  };
  return (channelType: string, channel: ChannelSettings = {}): ChannelLimits | undefined => {
    const [points, pairMs] = types[channelType] ?? [undefined, 0];
    const throughput = whole(channel['messagesPerSecond']) ?? points;
    const pair = whole(channel['pairIntervalMs']) ?? pairMs;
    const people = peopleOf(channel);
    if (throughput === undefined && pair === 0 && people === undefined) return undefined;
    return {
      throughput: throughput === undefined ? undefined : { points: throughput, spanMs: 1_000 },
      pair: pair === 0 ? undefined : { points: 1, spanMs: pair },
      people,
    };
  };
}

/** Only where it is set: a provider raises it by itself, the more people like what they are sent. */
function peopleOf({ peoplePerDay, portfolioId }: ChannelSettings): ChannelLimits['people'] {
  const points = whole(peoplePerDay);
  if (points === undefined || points === 0) return undefined;
  return { points, spanMs: DAY_MS, ...(portfolioId === undefined ? {} : { portfolio: portfolioId }) };
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
