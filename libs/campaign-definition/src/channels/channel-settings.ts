import type { ChannelType } from '../campaign-context.js';

/** What a channel of a type cannot work without, by the names of its settings and secrets. Others may be there beside them. */
export interface ChannelNeeds {
  readonly settings: readonly string[];
  readonly secrets: readonly string[];
}

/** What each type of channel needs before it may run. */
export const CHANNEL_NEEDS: Readonly<Record<ChannelType, ChannelNeeds>> = {
  whatsapp: { settings: ['baseUrl', 'phoneNumberId'], secrets: ['accessToken', 'appSecret', 'verifyToken'] },
  telegram: { settings: [], secrets: ['botToken'] },
  email: { settings: ['host', 'port', 'from'], secrets: [] },
  voice: { settings: ['baseUrl'], secrets: ['apiKey'] },
  webhook: { settings: ['url'], secrets: ['signingKey'] },
};

/**
 * What a channel does about a send of which nobody learns whether it went out ([C]10): it ends as Failed `outcome_unknown`, or it is
 * tried again and may reach a person twice.
 */
export const UNKNOWN_OUTCOME_RULES = ['never_twice', 'at_least_once'] as const;
export type UnknownOutcomeRule = (typeof UNKNOWN_OUTCOME_RULES)[number];
/** The setting that says it. */
export const UNKNOWN_OUTCOMES = 'unknownOutcomes';

/** The rule of a channel with these settings: `never_twice` without a word, and for a word that is none of the rules. */
export function unknownOutcomeRule(settings: Readonly<Record<string, string>>): UnknownOutcomeRule {
  return UNKNOWN_OUTCOME_RULES.find((rule) => rule === settings[UNKNOWN_OUTCOMES]) ?? 'never_twice';
}

/** What is still missing before a channel may run. Empty texts count as missing. */
export function missingChannelNeeds(
  type: ChannelType,
  settings: Readonly<Record<string, string>>,
  secretsSet: readonly string[],
): ChannelNeeds {
  const needs = CHANNEL_NEEDS[type];
  return {
    settings: needs.settings.filter((name) => !Object.hasOwn(settings, name) || settings[name]?.trim() === ''),
    secrets: needs.secrets.filter((name) => !secretsSet.includes(name)),
  };
}
