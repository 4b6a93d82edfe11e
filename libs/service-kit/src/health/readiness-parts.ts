/** Answers one sentence that may be shown to anybody when the part is not ready. */
export type AskReadiness = () => Promise<string | undefined>;

/** Parts that only their service knows of, asked with all others. */
export class ReadinessParts {
  private readonly parts: (readonly [string, AskReadiness])[] = [];

  add(part: string, ask: AskReadiness): void {
    this.parts.push([part, ask]);
  }

  all(): readonly (readonly [string, AskReadiness])[] {
    return this.parts;
  }
}
