import type { Cuts } from '@poinciana/event-sourcing';
import { type BegunRequest, RequestAnswers, type RequestName, type StoredAnswer } from './request-answers.js';

interface Request {
  readonly bodyHash: string;
  readonly begunAtMs: number;
  readonly answer?: StoredAnswer;
}

/** The twin for tests. */
export class InMemoryRequestAnswers extends RequestAnswers {
  private readonly requests = new Map<string, Request>();

  /** `nowMs` stands for the database's clock. */
  constructor(
    private readonly cuts?: Cuts,
    private readonly nowMs: () => number = () => 0,
  ) {
    super();
  }

  override async begin(request: RequestName, bodyHash: string): Promise<BegunRequest> {
    this.cuts?.pass('before a request is noted');
    const known = this.requests.get(nameOf(request));
    if (known !== undefined) return { ...known, isRepeated: true };
    const begun = { bodyHash, begunAtMs: this.nowMs() };
    this.requests.set(nameOf(request), begun);
    return { ...begun, isRepeated: false };
  }

  override async keep(request: RequestName, answer: StoredAnswer): Promise<StoredAnswer> {
    this.cuts?.pass('before an answer is kept');
    const known = this.requests.get(nameOf(request));
    if (known === undefined) throw new Error('The request was never noted');
    if (known.answer !== undefined) return known.answer;
    this.requests.set(nameOf(request), { ...known, answer });
    return answer;
  }

  override async forget(keptMs: number): Promise<void> {
    for (const [name, { begunAtMs }] of this.requests)
      if (begunAtMs + keptMs <= this.nowMs()) this.requests.delete(name);
  }
}

function nameOf({ workspace, campaignId, key }: RequestName): string {
  return [workspace, campaignId, key].join('\0');
}
