import { RateLimiterMemory } from 'rate-limiter-flexible';
import { RateLimits, type Grant, type RateRule } from './rate-limits.js';

/**
 * Limits of one process: right as long as it alone sends through a number. What was taken is counted under key and rule together and
 * forgotten after the rule's span, so that any number of rules may come and go.
 */
export class InProcessRateLimits extends RateLimits {
  /** Only counts: how much is too much, each rule says. */
  private readonly counts = new RateLimiterMemory({ keyPrefix: '', points: Number.MAX_SAFE_INTEGER, duration: 1 });

  override async take(key: string, rule: RateRule, wanted: number): Promise<Grant> {
    const name = nameOf(key, rule);
    const known = await this.counts.get(name);
    const left = Math.max(0, rule.points - (known?.consumedPoints ?? 0));
    const granted = Math.min(wanted, left);
    if (granted === 0) return { granted: 0, waitMs: Math.max(1, known?.msBeforeNext ?? rule.spanMs) };
    const after = await this.counts.penalty(name, granted, spanOf(rule));
    if (after.consumedPoints > rule.points) {
      // Another taker of this process was faster between the look and the taking.
      await this.giveBack(key, rule, granted);
      return { granted: 0, waitMs: Math.max(1, after.msBeforeNext) };
    }
    return { granted, waitMs: granted < wanted ? Math.max(1, after.msBeforeNext) : 0 };
  }

  override async giveBack(key: string, rule: RateRule, points: number): Promise<void> {
    await this.counts.reward(nameOf(key, rule), points, spanOf(rule));
  }

  override async close(): Promise<void> {}
}

function nameOf(key: string, { points, spanMs }: RateRule): string {
  return `${points} in ${spanMs} ${key}`;
}

function spanOf({ spanMs }: RateRule): { readonly customDuration: number } {
  return { customDuration: spanMs / 1_000 };
}
