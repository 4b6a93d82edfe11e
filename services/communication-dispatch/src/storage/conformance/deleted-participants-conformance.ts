import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { DeletedLife, DeletedParticipants } from '../deleted-participants.js';

const [ADA, EVE, BOB] = [derivedId('ada'), derivedId('eve'), derivedId('bob')] as const;

interface Started<Transaction> {
  readonly deleted: DeletedParticipants<Transaction>;
  commit(write: StateWrite<Transaction>): Promise<void>;
  stop(): Promise<void>;
}

/** What every list of deleted participants must do, whatever it is kept in. */
export function deletedParticipantsConformance<Transaction>(
  name: string,
  start: () => Promise<Started<Transaction>>,
): void {
  describe(`deleted participants: ${name}`, () => {
    let started: Started<Transaction>;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    const put = (...lives: readonly DeletedLife[]): Promise<void> => started.commit(started.deleted.put(lives));

    it('knows the last life that is over, however often and in whatever order it is told', async () => {
      const first = { participantId: ADA, life: 1 };
      const second = { participantId: ADA, life: 2 };
      await put(first, { participantId: EVE, life: 1 }, second);
      await put(first);
      expect([...(await started.deleted.livesOf([ADA, BOB]))]).toEqual([[ADA, 2]]);
      await put({ participantId: ADA, life: 3 });
      expect(new Map(await started.deleted.livesOf([EVE, ADA]))).toEqual(
        new Map([
          [ADA, 3],
          [EVE, 1],
        ]),
      );
      expect([...(await started.deleted.livesOf([]))]).toEqual([]);
    });
  });
}
