import { DomainError } from '@poinciana/event-sourcing';

/** How many settings and secrets a channel may have, each, and how long one may be. */
const ENTRIES_MAX = 50;
const TEXT_MAX = 8_192;
const ENTRY_NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/;

/** Settings and secrets are texts by name; anything else is refused without repeating it. */
export function channelTexts(
  kind: 'settings' | 'secrets',
  texts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const entries = Object.entries(texts);
  if (entries.length > ENTRIES_MAX) {
    throw new DomainError(`too_many_channel_${kind}`, `A channel has at most ${ENTRIES_MAX} ${kind}`);
  }
  return Object.fromEntries(
    entries.map(([name, text]) => {
      if (!ENTRY_NAME.test(name) || typeof text !== 'string' || text.length > TEXT_MAX) {
        throw new DomainError(
          `invalid_channel_${kind}`,
          `The ${kind} of a channel are texts of at most ${TEXT_MAX} characters by name`,
        );
      }
      return [name, text];
    }),
  );
}
