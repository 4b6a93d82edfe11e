import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { People, type FoundPerson, type Person, type PersonChange, type PersonKey, type ReachKey } from './people.js';

/** The twin. */
export class InMemoryPeople extends People<InMemoryTransaction> {
  private readonly rows = new Map<string, Person>();

  override put(changes: readonly PersonChange[]): StateWrite<InMemoryTransaction> {
    return async (transaction) => transaction.change(() => changes.forEach((change) => this.take(change)));
  }

  override async at(workspace: string, keys: readonly ReachKey[], limit: number): Promise<readonly FoundPerson[]> {
    return [...this.rows.values()]
      .filter((row) => row.workspace === workspace && keys.some(({ reach, key }) => row.keys[reach] === key))
      .sort((one, other) => (one.participantId < other.participantId ? -1 : 1))
      .slice(0, limit)
      .map(({ participantId, campaignId }) => ({ participantId, workspace, campaignId }));
  }

  override async keysOf(participantIds: readonly string[]): Promise<readonly PersonKey[]> {
    return participantIds.flatMap((participantId) => {
      const keys = Object.values(this.rows.get(participantId)?.keys ?? {});
      return keys.map((key) => ({ participantId, key }));
    });
  }

  private take({ participantId, revision, person }: PersonChange): void {
    const known = this.rows.get(participantId);
    if (known !== undefined && known.revision > revision) return;
    if (person === undefined) this.rows.delete(participantId);
    else this.rows.set(participantId, person);
  }
}
