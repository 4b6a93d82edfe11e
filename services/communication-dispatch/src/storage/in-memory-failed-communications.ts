import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { FailedCommunications, type FailedCommunication, type FailedPageRequest } from './failed-communications.js';

/** The twin. */
export class InMemoryFailedCommunications extends FailedCommunications<InMemoryTransaction> {
  private readonly rows = new Map<string, FailedCommunication>();

  override put(failed: readonly FailedCommunication[]): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => failed.forEach((row) => this.rows.set(row.communicationId, row)));
  }

  override async remove(communicationIds: readonly string[]): Promise<void> {
    for (const id of communicationIds) this.rows.delete(id);
  }

  override async countsOf(workspace: string, campaignId: string): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { code } of this.of(workspace, campaignId)) counts.set(code, (counts.get(code) ?? 0) + 1);
    return counts;
  }

  override async page({ workspace, campaignId, codes, after = '', limit }: FailedPageRequest) {
    return this.of(workspace, campaignId)
      .filter(({ code, communicationId }) => codes.includes(code) && communicationId > after)
      .sort((one, other) => (one.communicationId < other.communicationId ? -1 : 1))
      .slice(0, limit);
  }

  private of(workspace: string, campaignId: string): FailedCommunication[] {
    return [...this.rows.values()].filter((row) => row.workspace === workspace && row.campaignId === campaignId);
  }
}
