import type { DispatchSettings } from '../settings.js';
import type { ChannelLimits } from './channel-capacity.js';

type LimitSettings = Pick<DispatchSettings, 'whatsappMessagesPerSecond' | 'whatsappPairIntervalMs'>;

/** The limits of each type of channel, as the settings have them; `undefined` for a type without any. */
export function limitsOf({ whatsappMessagesPerSecond, whatsappPairIntervalMs }: LimitSettings) {
  const whatsapp: ChannelLimits = {
    throughput: { points: whatsappMessagesPerSecond, spanMs: 1_000 },
    pair: whatsappPairIntervalMs === 0 ? undefined : { points: 1, spanMs: whatsappPairIntervalMs },
  };
  return (channelType: string): ChannelLimits | undefined => (channelType === 'whatsapp' ? whatsapp : undefined);
}
