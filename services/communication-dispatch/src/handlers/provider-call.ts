import type { KnownCampaign, KnownWorkspace } from '@poinciana/campaign-definition';
import type { ChannelAdapter, OpenChannel, SendOutcome } from '../channels/channel-adapter.js';
import { composed } from '../channels/message-content.js';
import { addressOf, type KnownCommunication } from '../domain/communication.js';

/** A call that is prepared and made at most once. */
export interface Call {
  readonly timeoutMs: number;
  /** How soon the provider can be asked about it; absent where it cannot. */
  readonly provesAfterMs: number | undefined;
  make(idempotencyKey: string): Promise<SendOutcome>;
}

/** The longest pause that a provider is believed to ask for. */
export const PAUSE_ASKED_MAX_MS = 24 * 60 * 60 * 1_000;

/** The lease would not have outlasted the provider's time-out: somebody else may send it, so we must not. */
export const NOT_CALLED_LEASE: SendOutcome = {
  outcome: 'delayed',
  code: 'provider_busy',
  scope: 'person',
  providerCode: 'not_called',
  retryAfterMs: 0,
};

/** Nobody would hold the conversation (A49). */
const NO_AGENT = { refused: 'agent_failed', why: 'agent_not_known' } as const;

/** What a communication is sent from. */
export interface SentFrom {
  readonly agents: KnownWorkspace['agents'];
  readonly campaign: KnownCampaign | undefined;
}

/** What is sent for a communication; what cannot be made, or would be sent for nobody, is refused before anybody is called. */
export function callFor(
  adapter: ChannelAdapter,
  open: OpenChannel,
  state: KnownCommunication,
  { agents, campaign }: SentFrom,
): Call {
  const made = Object.hasOwn(agents, state.facts.agentId) ? composed(open.channel, state, campaign) : NO_AGENT;
  const address = addressOf(state);
  return {
    timeoutMs: adapter.sendTimeoutMs,
    provesAfterMs: adapter.provesAfterMs,
    make: async (idempotencyKey) => {
      if (address === '') return { outcome: 'refused', code: 'invalid_address', providerCode: 'not_called' };
      if ('refused' in made) return { outcome: 'refused', code: made.refused, providerCode: made.why };
      const message = { address, echo: state.facts.id, idempotencyKey, content: made.content };
      return withBoundedPause(await adapter.send(open, message));
    },
  };
}

function withBoundedPause(outcome: SendOutcome): SendOutcome {
  if (outcome.outcome !== 'delayed' || outcome.retryAfterMs === undefined) return outcome;
  return { ...outcome, retryAfterMs: Math.min(PAUSE_ASKED_MAX_MS, outcome.retryAfterMs) };
}
