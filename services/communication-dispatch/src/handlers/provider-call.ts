import type { workspace } from '@poinciana/contracts';
import type { ChannelAdapter, OpenChannel, OutgoingContent, SendOutcome } from '../channels/channel-adapter.js';
import { templateValues } from '../channels/template-text.js';
import { addressOf, type KnownCommunication } from '../domain/communication.js';

/** A call that is prepared and made at most once. */
export interface Call {
  readonly timeoutMs: number;
  make(idempotencyKey: string): Promise<SendOutcome>;
}

/** The lease would not have outlasted the provider's time-out: somebody else may send it, so we must not. */
export const NOT_CALLED_LEASE: SendOutcome = {
  outcome: 'delayed',
  code: 'provider_busy',
  scope: 'person',
  providerCode: 'not_called',
  retryAfterMs: 0,
};

/** What is sent for a communication; content that cannot be made is refused before anybody is called. */
export function callFor(adapter: ChannelAdapter, open: OpenChannel, state: KnownCommunication): Call {
  const { facts, personal } = state;
  const content = contentOf(open.channel, facts, personal?.templateVariables ?? {});
  const address = addressOf(state);
  return {
    timeoutMs: adapter.sendTimeoutMs,
    make: async (idempotencyKey) => {
      if (address === '') return { outcome: 'refused', code: 'invalid_address', providerCode: 'not_called' };
      if (content === undefined)
        return { outcome: 'refused', code: 'template_refused', providerCode: 'template_not_known' };
      return adapter.send(open, { address, echo: facts.id, idempotencyKey, content });
    },
  };
}

function contentOf(
  channel: workspace.Channel,
  { templateName, templateLanguage }: KnownCommunication['facts'],
  variables: Parameters<typeof templateValues>[1],
): OutgoingContent | undefined {
  const template = channel.templates.find(
    ({ name, language }) => name === templateName && language === templateLanguage,
  );
  if (template === undefined) return undefined;
  return {
    type: 'template',
    name: template.name,
    language: template.language,
    values: templateValues(template, variables),
  };
}
