import { channelAdapterConformance } from './conformance/channel-adapter-conformance.js';
import { InMemoryChannel } from './in-memory-channel.js';

channelAdapterConformance('in memory', async () => {
  const adapter = new InMemoryChannel();
  const outcomes = {
    accepts: { outcome: 'accepted', providerMessageId: 'twin.1' },
    delays: { outcome: 'delayed', code: 'rate_limited', scope: 'person' },
    refuses: { outcome: 'refused', code: 'recipient_unreachable' },
    losesTheAnswer: { outcome: 'acceptedUnheard' },
  } as const;
  const channel = {
    id: '',
    name: '',
    type: 'whatsapp',
    running: true,
    settings: {},
    encryptedSecrets: {},
    templates: [],
  };
  return {
    adapter,
    channel: { channel, secrets: {} },
    behave: (behaviour) => adapter.script('491510000001', outcomes[behaviour]),
    acceptedTimes: (echo) => adapter.acceptedTimes(echo),
    stop: async () => undefined,
  };
});
