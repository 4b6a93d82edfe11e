import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimits, type Grant, type RateRule } from './rate-limits.js';

/** Rules in use at once; a rule is a pair of numbers from the settings. */
const RULES_MAX = 100;

/** Limits of one process: right as long as it alone sends through a number. */
export class InProcessRateLimits extends RateLimits {
  private readonly limiters = new Map<string, RateLimiterMemory>();

  override async take(key: string, rule: RateRule, wanted: number): Promise<Grant> {
    const limiter = this.limiterOf(rule);
    const known = await limiter.get(key);
    const left = known === null ? rule.points : Math.max(0, known.remainingPoints);
    const granted = Math.min(wanted, left);
    if (granted === 0) return { granted: 0, waitMs: Math.max(1, known?.msBeforeNext ?? rule.spanMs) };
    try {
      const after = await limiter.consume(key, granted);
      return { granted, waitMs: granted < wanted ? Math.max(1, after.msBeforeNext) : 0 };
    } catch (error) {
      // Another taker of this process was faster between the look and the taking.
      if (error instanceof RateLimiterRes) return { granted: 0, waitMs: Math.max(1, error.msBeforeNext) };
      throw error;
    }
  }

  override async giveBack(key: string, rule: RateRule, points: number): Promise<void> {
    await this.limiterOf(rule).reward(key, points);
  }

  override async close(): Promise<void> {
    this.limiters.clear();
  }

  private limiterOf({ points, spanMs }: RateRule): RateLimiterMemory {
    const name = `${points} in ${spanMs}`;
    const known = this.limiters.get(name);
    if (known !== undefined) return known;
    if (this.limiters.size >= RULES_MAX) throw new Error(`More than ${RULES_MAX} different rate rules`);
    const limiter = new RateLimiterMemory({ keyPrefix: name, points, duration: spanMs / 1_000 });
    this.limiters.set(name, limiter);
    return limiter;
  }
}
