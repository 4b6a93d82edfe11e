import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { Inbox, InboxEntry } from '../inbox.js';

export interface StartedInbox {
  readonly inbox: Inbox;
  stop(): Promise<void>;
}

const CHANNEL = derivedId('channel');
const OTHER = derivedId('other channel');
const WORKSPACE = derivedId('workspace');
const LEASE_MS = 60_000;

function entry(dedupeKey: string, channelId = CHANNEL): InboxEntry {
  return {
    channelId,
    workspace: WORKSPACE,
    dedupeKey,
    content: JSON.stringify({ dedupeKey }),
    receivedAt: '2026-03-02T09:00:00.000Z',
  };
}

/** What every inbox must do, whatever it is kept in. */
export function inboxConformance(name: string, start: () => Promise<StartedInbox>): void {
  describe(`inbox: ${name}`, () => {
    let started: StartedInbox;
    let inbox: Inbox;

    beforeEach(async () => {
      started = await start();
      inbox = started.inbox;
    });
    afterEach(() => started.stop());

    async function keys(limit = 100, leaseMs = LEASE_MS): Promise<readonly string[]> {
      return (await inbox.claim(limit, leaseMs)).map(({ dedupeKey }) => dedupeKey);
    }

    it('keeps each key of a channel once, within a call and between calls, and counts the repetitions', async () => {
      await inbox.store([entry('a'), entry('b'), entry('a'), entry('a')]);
      await inbox.store([entry('b'), entry('a', OTHER)]);
      expect([...(await keys())].sort()).toEqual(['a', 'a', 'b']);
      expect(await inbox.counts(CHANNEL)).toEqual({ received: 2, repeated: 3, waiting: 2, unknown: 0 });
    });

    it('hands out in the order of arrival, each to one claimer, and again when the lease is over', async () => {
      await inbox.store([entry('a')]);
      await inbox.store([entry('b')]);
      await inbox.store([entry('c')]);
      expect(await keys(2, 0)).toEqual(['a', 'b']);
      const again = await inbox.claim(2, LEASE_MS);
      expect(again.map(({ dedupeKey, fence }) => [dedupeKey, fence])).toEqual([
        ['a', 2],
        ['b', 2],
      ]);
      expect(await keys()).toEqual(['c']);
      expect(await keys()).toEqual([]);
    });

    it('gives content, workspace and instant back as they were stored', async () => {
      await inbox.store([entry('a')]);
      const [claimed] = await inbox.claim(1, LEASE_MS);
      expect(claimed).toMatchObject({ ...entry('a'), fence: 1, route: undefined, failures: 0 });
    });

    it('shows what waits in a workspace, claimed or not, in pages, until it is handled', async () => {
      await inbox.store([entry('a'), entry('b'), entry('c')]);
      const [a] = await inbox.claim(1, LEASE_MS);
      const { workspace } = entry('a');
      const waiting = async (after: number, limit: number) =>
        (await inbox.waiting(workspace, after, limit)).map(({ number, content }) => [number, content]);
      const all = await waiting(0, 10);
      expect(all.map(([, content]) => content)).toEqual(['a', 'b', 'c'].map((key) => entry(key).content));
      expect(await waiting(a?.number ?? 0, 1)).toEqual([all[1]]);
      expect(await inbox.waiting(OTHER, 0, 10)).toEqual([]);
      await inbox.finish([{ number: a?.number ?? 0, outcome: 'erased' }]);
      expect(await waiting(0, 10)).toEqual(all.slice(1));
    });

    it('remembers the first route, and answers it to whoever decides again', async () => {
      await inbox.store([entry('a')]);
      await inbox.store([entry('b')]);
      const [a, b] = await inbox.claim(2, 0);
      const communicationId = derivedId('communication');
      const first = [
        { number: a?.number ?? 0, route: { to: 'communication', communicationId } as const },
        { number: b?.number ?? 0, route: { to: 'inbound', number: 3 } as const },
      ];
      const again = first.map(({ number, route }, index) => ({ number, route: first.at(index - 1)?.route ?? route }));
      expect(new Set(await inbox.route(first))).toEqual(new Set(first));
      expect(new Set(await inbox.route(again))).toEqual(new Set(first));
      expect((await inbox.claim(2, 0)).map(({ number, route }) => ({ number, route }))).toEqual(first);
    });

    it('forgets what was said once it is handled, and still knows that it was said', async () => {
      await inbox.store([entry('a'), entry('b')]);
      const claimed = await inbox.claim(2, 0);
      await inbox.finish(
        claimed.map(({ number, dedupeKey }) => ({
          number,
          outcome: dedupeKey === 'a' ? 'applied' : 'unknown_message',
        })),
      );
      await inbox.store([entry('a')]);
      expect(await keys()).toEqual([]);
      expect(await inbox.counts(CHANNEL)).toEqual({ received: 2, repeated: 1, waiting: 0, unknown: 1 });
      expect(await inbox.forgetOld(10)).toBe(0);
    });

    it('knows which channels have statuses waiting, claimed ones too, and no messages', async () => {
      await inbox.store([entry('status:a:read'), entry('message:b'), entry('message:c', OTHER)]);
      const ask = async () => [...(await inbox.channelsWithStatuses([CHANNEL, OTHER]))];
      expect(await ask()).toEqual([CHANNEL]);
      const claimed = await inbox.claim(3, LEASE_MS);
      expect(await ask()).toEqual([CHANNEL]);
      await inbox.finish(claimed.map(({ number }) => ({ number, outcome: 'applied' })));
      expect(await ask()).toEqual([]);
    });

    it('counts how often an entry failed, of its holder only, and no other wait', async () => {
      await inbox.store([entry('a')]);
      const [first] = await inbox.claim(1, 0);
      const number = first?.number ?? 0;
      await inbox.setBack([{ number, fence: 1 }], 0);
      const [second] = await inbox.claim(1, 0);
      expect(second?.failures).toBe(1);
      await inbox.setBack([{ number, fence: 1 }], 600_000);
      await inbox.postpone([{ number, fence: 2 }], 0);
      const [third] = await inbox.claim(1, 0);
      expect(third?.failures).toBe(1);
      await inbox.setBack([{ number, fence: 3 }], 600_000);
      expect(await keys()).toEqual([]);
    });

    it('hands out later what is postponed by its holder, and only by its holder', async () => {
      await inbox.store([entry('a')]);
      const [first] = await inbox.claim(1, 0);
      const [second] = await inbox.claim(1, 0);
      await inbox.postpone([{ number: first?.number ?? 0, fence: first?.fence ?? 0 }], 600_000);
      expect(await keys(1, 0)).toEqual(['a']);
      await inbox.postpone([{ number: second?.number ?? 0, fence: 3 }], 600_000);
      expect(await keys()).toEqual([]);
    });
  });
}
