import type { OpenChannel } from './channel-adapter.js';

const PREVIOUS = /^previous([A-Z])(.*)$/;

/**
 * The channel with the secrets that it had before they were exchanged: `previousAppSecret` beside `appSecret`. What its provider still
 * signs with them counts, until they are taken out; nothing is sent with them. `undefined` where none was kept.
 */
export function withPreviousSecrets({ channel, secrets }: OpenChannel): OpenChannel | undefined {
  const previous = Object.entries(secrets).flatMap(([name, text]) => {
    const [, first, rest] = PREVIOUS.exec(name) ?? [];
    return first === undefined || rest === undefined ? [] : [[`${first.toLowerCase()}${rest}`, text] as const];
  });
  return previous.length === 0 ? undefined : { channel, secrets: { ...secrets, ...Object.fromEntries(previous) } };
}
