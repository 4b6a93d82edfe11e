import type { StateWrite } from '@poinciana/messaging';
import { type FilledFields, HeldFields } from './held-fields.js';

/** The twin for tests. */
export class InMemoryHeldFields extends HeldFields<unknown> {
  private filled: readonly FilledFields[] = [];

  override async of(workspace: string, campaignId: string): Promise<readonly string[]> {
    const theirs = this.filled.filter((each) => each.workspace === workspace && each.campaignId === campaignId);
    return [...new Set(theirs.flatMap(({ fields }) => fields))].toSorted();
  }

  override fill(filled: readonly FilledFields[]): StateWrite<unknown> {
    return async () => {
      this.filled = [...this.filled, ...filled];
    };
  }
}
