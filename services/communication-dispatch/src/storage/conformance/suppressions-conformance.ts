import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import { suppressionKeyOf, type SuppressionKey, type SuppressionRow, type Suppressions } from '../suppressions.js';

const [HERE, ELSEWHERE] = [derivedId('workspace', 1), derivedId('workspace', 2)];
const [CHANNEL, OTHER] = [derivedId('channel', 1), derivedId('channel', 2)];
const [ADA, EVE] = [derivedId('customer', 1), derivedId('customer', 2)];

function suppressed(key: SuppressionKey, revision = 0): SuppressionRow {
  return { ...key, workspace: HERE, revision, isSuppressed: true };
}

/** What every list of suppressions must do, whatever it is kept in. */
export function suppressionsConformance(
  name: string,
  start: () => Promise<{ readonly suppressions: Suppressions; stop(): Promise<void> }>,
): void {
  describe(`suppressions: ${name}`, () => {
    let started: Awaited<ReturnType<typeof start>>;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    it('finds exactly the customers that are suppressed on exactly that channel', async () => {
      const { suppressions } = started;
      const ada = { channelId: CHANNEL, customerId: ADA };
      await suppressions.put(suppressed(ada));
      await suppressions.put(suppressed(ada));
      const asked = [ada, { channelId: OTHER, customerId: ADA }, { channelId: CHANNEL, customerId: EVE }, ada];
      expect(await suppressions.among(asked)).toEqual(new Set([suppressionKeyOf(ada)]));
      expect(await suppressions.among([])).toEqual(new Set());
      await suppressions.put({ ...suppressed(ada, 1), isSuppressed: false });
      expect(await suppressions.among(asked)).toEqual(new Set());
    });

    it('goes by the newest revision, in whatever order they come', async () => {
      const { suppressions } = started;
      const ada = { channelId: CHANNEL, customerId: ADA };
      const lists = async () => [
        await suppressions.among([ada]),
        await suppressions.ofCustomer(HERE, ADA),
        await suppressions.ofChannel(HERE, CHANNEL, undefined, 5),
      ];
      await suppressions.put({ ...suppressed(ada, 1), isSuppressed: false });
      await suppressions.put(suppressed(ada, 0));
      expect(await lists()).toEqual([new Set(), [], []]);
      await suppressions.put(suppressed(ada, 2));
      await suppressions.put({ ...suppressed(ada, 1), isSuppressed: false });
      expect(await lists()).toEqual([new Set([suppressionKeyOf(ada)]), [ada], [ada]]);
    });

    it("shows a customer's only to their own workspace", async () => {
      const { suppressions } = started;
      await suppressions.put(suppressed({ channelId: CHANNEL, customerId: ADA }));
      await suppressions.put({ ...suppressed({ channelId: OTHER, customerId: ADA }), workspace: ELSEWHERE });
      expect(await suppressions.ofCustomer(HERE, ADA)).toEqual([{ channelId: CHANNEL, customerId: ADA }]);
      expect(await suppressions.ofCustomer(ELSEWHERE, ADA)).toEqual([{ channelId: OTHER, customerId: ADA }]);
      expect(await suppressions.ofCustomer(HERE, EVE)).toEqual([]);
    });

    it('pages those of a channel, to their own workspace', async () => {
      const { suppressions } = started;
      const [first, second] = [ADA, EVE].sort();
      for (const customerId of [ADA, EVE]) await suppressions.put(suppressed({ channelId: CHANNEL, customerId }));
      expect(await suppressions.ofChannel(HERE, CHANNEL, undefined, 1)).toEqual([
        { channelId: CHANNEL, customerId: first },
      ]);
      expect(await suppressions.ofChannel(HERE, CHANNEL, first, 5)).toEqual([
        { channelId: CHANNEL, customerId: second },
      ]);
      expect(await suppressions.ofChannel(ELSEWHERE, CHANNEL, undefined, 5)).toEqual([]);
    });
  });
}
