import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { FailedCommunications } from '../failed-communications.js';

const [HERE, ELSEWHERE] = [derivedId('workspace', 1), derivedId('workspace', 2)] as const;
const CAMPAIGN = derivedId('campaign', 1);

interface Started<Transaction> {
  readonly failed: FailedCommunications<Transaction>;
  commit(write: StateWrite<Transaction>): Promise<void>;
  stop(): Promise<void>;
}

/** What every list of failed communications must do, whatever it is kept in. */
export function failedCommunicationsConformance<Transaction>(
  name: string,
  start: () => Promise<Started<Transaction>>,
): void {
  describe(`failed communications: ${name}`, () => {
    let started: Started<Transaction>;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    async function put(number: number, workspace: string, code: string): Promise<string> {
      const communicationId = derivedId('communication', number);
      const row = { communicationId, workspace, campaignId: CAMPAIGN, code };
      await started.commit(started.failed.put([row]));
      await started.commit(started.failed.put([row]));
      return communicationId;
    }

    it('counts by code and pages by id, each workspace its own', async () => {
      const { failed } = started;
      const own = [await put(1, HERE, 'mailbox_full'), await put(2, HERE, 'mailbox_full')].sort();
      await put(3, HERE, 'invalid_address');
      await put(4, ELSEWHERE, 'mailbox_full');
      expect([...(await failed.countsOf(HERE, CAMPAIGN))].sort()).toEqual([
        ['invalid_address', 1],
        ['mailbox_full', 2],
      ]);
      const asked = { workspace: HERE, campaignId: CAMPAIGN, codes: ['mailbox_full'], limit: 1 };
      const [first] = await failed.page({ ...asked, after: undefined });
      const [second] = await failed.page({ ...asked, after: first?.communicationId });
      expect([first?.communicationId, second?.communicationId]).toEqual(own);
      expect(await failed.page({ ...asked, after: second?.communicationId })).toEqual([]);
      await failed.remove(own);
      expect([...(await failed.countsOf(HERE, CAMPAIGN))]).toEqual([['invalid_address', 1]]);
      expect([...(await failed.countsOf(ELSEWHERE, CAMPAIGN))]).toEqual([['mailbox_full', 1]]);
    });
  });
}
