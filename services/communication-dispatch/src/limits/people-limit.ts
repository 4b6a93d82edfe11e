import type { RateLimits, RateRule } from './rate-limits.js';

/** How many different people may be sent to in a span of time. */
export interface PeopleRule extends RateRule {
  /** Channels of a workspace that share it are counted together, as WhatsApp counts a business portfolio. Absent for the sender alone. */
  readonly portfolio?: string;
}

/**
 * How long somebody must wait because too many others were sent to, in milliseconds; 0 for nobody who is admitted. She counts once
 * in a span, whatever she is sent. Spans begin with whoever comes first; a provider that counts otherwise may still refuse.
 */
export async function peopleWait(
  limits: RateLimits,
  { points, spanMs, portfolio }: PeopleRule,
  {
    workspace,
    sender,
    addressKey,
  }: { readonly workspace: string; readonly sender: string; readonly addressKey: string },
): Promise<number> {
  const group = `${workspace} ${portfolio ?? sender}`;
  const [person, once] = [`person ${group} ${addressKey}`, { points: 1, spanMs }];
  if ((await limits.take(person, once, 1)).granted === 0) return 0;
  const { granted, waitMs } = await limits.take(`people ${group}`, { points, spanMs }, 1);
  if (granted === 1) return 0;
  await limits.giveBack(person, once, 1);
  return waitMs;
}
