import { channelAdapterConformance } from './conformance/channel-adapter-conformance.js';
import { InMemoryChannel } from './in-memory-channel.js';

const ADDRESS = '491510000001';

channelAdapterConformance('in memory', async () => {
  const adapter = new InMemoryChannel();
  const outcomes = {
    accepts: { outcome: 'accepted', providerMessageId: 'twin.1' },
    delays: { outcome: 'delayed', code: 'rate_limited', scope: 'person', providerCode: 'slow down' },
    refuses: { outcome: 'refused', code: 'recipient_unreachable', providerCode: 'nobody' },
    breaks: { outcome: 'unknown', providerCode: 'reset' },
    losesTheAnswer: { outcome: 'acceptedUnheard' },
    isSilent: { outcome: 'acceptedUnheard' },
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
    channel: { channel, secrets: { appSecret: 'app' } },
    address: ADDRESS,
    content: { type: 'text', text: 'Hello' },
    behave: async (behaviour) => adapter.script(ADDRESS, outcomes[behaviour]),
    acceptedTimes: async (echo) => adapter.acceptedTimes(echo),
    vanish: async () => adapter.vanish(),
    stop: async () => undefined,
  };
});
