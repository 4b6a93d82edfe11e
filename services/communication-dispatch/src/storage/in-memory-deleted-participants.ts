import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { DeletedParticipants, type DeletedLife } from './deleted-participants.js';

/** The twin. */
export class InMemoryDeletedParticipants extends DeletedParticipants<InMemoryTransaction> {
  private readonly lives = new Map<string, number>();

  override put(lives: readonly DeletedLife[]): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => {
        for (const { participantId, life } of lives)
          this.lives.set(participantId, Math.max(life, this.lives.get(participantId) ?? 0));
      });
  }

  override async livesOf(participantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (const id of participantIds) {
      const life = this.lives.get(id);
      if (life !== undefined) found.set(id, life);
    }
    return found;
  }
}
