/** What a limit allows: this many now, and how long to wait before asking again when it is fewer than wanted. */
export interface Grant {
  readonly granted: number;
  readonly waitMs: number;
}

export interface RateRule {
  /** This many… */
  readonly points: number;
  /** …in each span of this length. */
  readonly spanMs: number;
}

/** How much may still happen under a key. Time is the machine's: providers do not follow our test clock. */
export abstract class RateLimits {
  /** Takes up to `wanted` of what the rule still allows under a key. Never takes more than it grants. */
  abstract take(key: string, rule: RateRule, wanted: number): Promise<Grant>;
  /** Gives back what was taken and is not used after all. */
  abstract giveBack(key: string, rule: RateRule, points: number): Promise<void>;
  abstract close(): Promise<void>;
}
