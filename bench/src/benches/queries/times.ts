/** How long each of many requests took, one after the other, in milliseconds. */
export class Times {
  private readonly taken: { readonly what: string; readonly ms: number }[] = [];

  async of(what: string, request: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    await request();
    this.taken.push({ what, ms: performance.now() - began });
  }

  get p95(): number {
    const sorted = this.taken.map(({ ms }) => ms).toSorted((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
  }

  /** What took longest. */
  get slowest(): string {
    const sorted = this.taken.toSorted((one, other) => other.ms - one.ms);
    return sorted
      .slice(0, 3)
      .map(({ what, ms }) => `${what} ${Math.round(ms)} ms`)
      .join(', ');
  }
}
