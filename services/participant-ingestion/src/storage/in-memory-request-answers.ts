import type { Cuts } from '@poinciana/event-sourcing';
import { type BegunRequest, RequestAnswers, type RequestName, type StoredAnswer } from './request-answers.js';

/** The twin for tests. */
export class InMemoryRequestAnswers extends RequestAnswers {
  private readonly requests = new Map<string, { readonly bodyHash: string; readonly answer?: StoredAnswer }>();

  constructor(private readonly cuts?: Cuts) {
    super();
  }

  override async begin(request: RequestName, bodyHash: string): Promise<BegunRequest> {
    this.cuts?.pass('before a request is noted');
    const known = this.requests.get(nameOf(request));
    if (known !== undefined) return { ...known, isRepeated: true };
    this.requests.set(nameOf(request), { bodyHash });
    return { bodyHash, isRepeated: false };
  }

  override async keep(request: RequestName, answer: StoredAnswer): Promise<StoredAnswer> {
    this.cuts?.pass('before an answer is kept');
    const known = this.requests.get(nameOf(request));
    if (known === undefined) throw new Error('The request was never noted');
    if (known.answer !== undefined) return known.answer;
    this.requests.set(nameOf(request), { ...known, answer });
    return answer;
  }
}

function nameOf({ workspace, campaignId, key }: RequestName): string {
  return [workspace, campaignId, key].join('\0');
}
