import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { TimerKind } from '../../domain/timer.js';
import { isHeldByStop } from '../../domain/timer.js';
import type { TimerChange } from '../open-communication.js';
import type { CampaignState, ClaimRequest, Timers } from '../timers.js';

/** A table to be tested, and its surroundings. */
export interface StartedTimers<Transaction> {
  readonly timers: Timers<Transaction>;
  /** Runs a write in a transaction, as the bus does. */
  commit(write: StateWrite<Transaction>): Promise<void>;
  stop(): Promise<void>;
}

const WORKSPACE = derivedId('workspace');
const LEASE_MS = 60_000;
const T0 = '2026-03-02T09:00:00.000Z';
const T1 = '2026-03-02T10:00:00.000Z';

interface Row {
  readonly name: string;
  readonly workspace?: string;
  readonly campaign?: string;
  readonly channel?: string;
  readonly kind?: TimerKind;
  readonly dueAt?: string;
  readonly revision?: number;
  readonly providerMessageId?: string;
  readonly startedAt?: string;
}

function open({
  name,
  workspace = WORKSPACE,
  campaign = 'one',
  channel = 'main',
  kind = 'due',
  dueAt = T0,
  revision = 0,
  ...rest
}: Row): TimerChange {
  return {
    communicationId: derivedId(name),
    revision,
    open: {
      communicationId: derivedId(name),
      workspace,
      campaignId: derivedId(campaign),
      participantId: derivedId('participant', name),
      channelId: derivedId(channel),
      addressKey: derivedId('address', name),
      providerMessageId: rest.providerMessageId,
      startedAt: rest.startedAt,
      timer: { kind, dueAt },
    },
  };
}

function campaignState(name: string, revision: number, held: boolean, deleted = false): CampaignState {
  return { campaignId: derivedId(name), workspace: WORKSPACE, held, deleted, revision };
}

function request(changes: Partial<ClaimRequest> = {}): ClaimRequest {
  return { now: T0, limit: 100, leaseMs: LEASE_MS, busyChannels: [], ...changes };
}

/** What every timer table must do, whatever it is kept in. */
export function timersConformance<Transaction>(name: string, start: () => Promise<StartedTimers<Transaction>>): void {
  describe(`timers: ${name}`, () => {
    let started: StartedTimers<Transaction>;
    let timers: Timers<Transaction>;

    beforeEach(async () => {
      started = await start();
      timers = started.timers;
      await started.commit(timers.putCampaigns([campaignState('one', 0, false), campaignState('two', 0, false)]));
    });
    afterEach(() => started.stop());

    async function claimed(changes: Partial<ClaimRequest> = {}): Promise<readonly string[]> {
      return (await timers.claim(request(changes))).map(({ communicationId }) => communicationId).sort();
    }

    it('claims what is due and nothing else, each to one worker', async () => {
      await started.commit(timers.put([open({ name: 'a' }), open({ name: 'b', dueAt: T1 })]));
      expect(await timers.nextDueAt()).toBe(T0);
      const [claim, ...others] = await timers.claim(request());
      expect(others).toEqual([]);
      expect(claim).toEqual({
        communicationId: derivedId('a'),
        workspace: WORKSPACE,
        campaignId: derivedId('one'),
        channelId: derivedId('main'),
        kind: 'due',
        fence: 1,
      });
      expect(await claimed()).toEqual([]);
      expect(await claimed({ now: T1 })).toEqual([derivedId('b')]);
    });

    it('lets an expired lease be claimed under the next number, and ignores the old holder', async () => {
      await timers.write([open({ name: 'a' })]);
      const [first] = await timers.claim(request({ leaseMs: 0 }));
      const [second] = await timers.claim(request());
      expect([first?.fence, second?.fence]).toEqual([1, 2]);
      await timers.release([{ communicationId: derivedId('a'), fence: 1, waitMs: 0 }]);
      expect(await claimed()).toEqual([]);
      await timers.release([{ communicationId: derivedId('a'), fence: 2, waitMs: 0 }]);
      expect(await claimed()).toEqual([derivedId('a')]);
    });

    it('leaves alone what is given back for later', async () => {
      await timers.write([open({ name: 'a' })]);
      const [claim] = await timers.claim(request());
      await timers.release([{ communicationId: derivedId('a'), fence: claim?.fence ?? 0, waitMs: 600_000 }]);
      expect(await claimed()).toEqual([]);
    });

    it('keeps the newest revision, whatever order rows are written in, and forgets what ended', async () => {
      await timers.write([open({ name: 'a', revision: 2, dueAt: T1 })]);
      await timers.write([open({ name: 'a', revision: 1, dueAt: T0 })]);
      expect(await claimed()).toEqual([]);
      await timers.write([{ communicationId: derivedId('a'), revision: 1, open: undefined }]);
      expect(await claimed({ now: T1, leaseMs: 0 })).toEqual([derivedId('a')]);
      await timers.write([{ communicationId: derivedId('a'), revision: 3, open: undefined }]);
      expect(await claimed({ now: T1 })).toEqual([]);
      expect(await timers.nextDueAt()).toBeUndefined();
    });

    it('gives up the claim when a row is written', async () => {
      await timers.write([open({ name: 'a' })]);
      await claimed();
      await timers.write([open({ name: 'a', revision: 1 })]);
      expect(await claimed()).toEqual([derivedId('a')]);
    });

    it('takes several changes of one communication in one call', async () => {
      await timers.write([
        open({ name: 'a' }),
        { communicationId: derivedId('a'), revision: 1, open: undefined },
        open({ name: 'b' }),
      ]);
      expect(await claimed()).toEqual([derivedId('b')]);
    });

    it('holds the sends of a stopped campaign, and not its durations and unknown outcomes (A9, A63)', async () => {
      const kinds: readonly TimerKind[] = ['due', 'retry', 'window_missed', 'reconcile', 'duration_ended'];
      await timers.write(kinds.map((kind) => open({ name: kind, kind })));
      await timers.writeCampaigns([campaignState('one', 1, true)]);
      expect(await claimed()).toEqual(
        kinds
          .filter((kind) => !isHeldByStop(kind))
          .map((kind) => derivedId(kind))
          .sort(),
      );
      await started.commit(timers.putCampaigns([campaignState('one', 0, false)]));
      expect(await claimed()).toEqual([]);
      await started.commit(timers.putCampaigns([campaignState('one', 2, false)]));
      expect(await claimed()).toEqual(
        kinds
          .filter(isHeldByStop)
          .map((kind) => derivedId(kind))
          .sort(),
      );
    });

    it('looks at what was claimed when its campaign was stopped, once its lease is over, and holds it when it is given back', async () => {
      await timers.write([open({ name: 'expired' })]);
      expect(await claimed({ leaseMs: 0 })).toEqual([derivedId('expired')]);
      await timers.write([open({ name: 'leased', channel: 'second' })]);
      expect(await claimed({ busyChannels: [derivedId('main')] })).toEqual([derivedId('leased')]);
      await timers.write([open({ name: 'waiting' })]);
      await started.commit(timers.putCampaigns([campaignState('one', 1, true)]));
      const claims = await timers.claim(request());
      expect(claims.map(({ communicationId }) => communicationId)).toEqual([derivedId('expired')]);
      await timers.release(claims.map((claim) => ({ ...claim, waitMs: 0 })));
      expect(await claimed()).toEqual([]);
      await timers.writeCampaigns([campaignState('one', 2, false)]);
      expect(await claimed()).toEqual([derivedId('expired'), derivedId('waiting')].sort());
    });

    it('holds the sends of a campaign that nobody has told of, and wakes nobody for them', async () => {
      await timers.write([open({ name: 'a', campaign: 'unheard' })]);
      expect(await claimed()).toEqual([]);
      expect(await timers.nextDueAt()).toBeUndefined();
    });

    it('makes everything of a deleted campaign due at once (A53)', async () => {
      await timers.write([open({ name: 'a', dueAt: T1 }), open({ name: 'b', dueAt: T1, kind: 'duration_ended' })]);
      await timers.writeCampaigns([campaignState('one', 1, true, true)]);
      expect(await claimed()).toEqual([derivedId('a'), derivedId('b')].sort());
    });

    it('shares a claim equally among campaigns and channels, the longest due first', async () => {
      const many = Array.from({ length: 20 }, (_, index) =>
        open({ name: `many ${index}`, dueAt: new Date(Date.parse(T0) - index).toISOString() }),
      );
      await timers.write([
        ...many,
        open({ name: 'other campaign', campaign: 'two' }),
        open({ name: 'other channel', channel: 'second' }),
      ]);
      const first = await claimed({ limit: 6 });
      expect(first).toContain(derivedId('other campaign'));
      expect(first).toContain(derivedId('other channel'));
      expect(first).toContain(derivedId('many 19'));
      expect(first.length).toBeLessThanOrEqual(6);
    });

    it('shares a claim first among workspaces: one with many campaigns takes no more than one with a single one', async () => {
      const workspace = derivedId('workspace of one campaign');
      const crowd = Array.from({ length: 9 }, (_, index) => `crowd ${index}`);
      const states = crowd.map((campaign) => campaignState(campaign, 0, false));
      await timers.writeCampaigns([...states, { ...campaignState('lone', 0, false), workspace }]);
      await timers.write(
        Array.from({ length: 12 }, (_, index) => [
          ...crowd.map((campaign) => open({ name: `${campaign} ${index}`, campaign })),
          open({ name: `lone ${index}`, campaign: 'lone', workspace }),
        ]).flat(),
      );
      const lone = new Set(Array.from({ length: 12 }, (_, index) => derivedId(`lone ${index}`)));
      const first = await claimed({ limit: 18 });
      expect(first.filter((id) => lone.has(id))).toHaveLength(9);
      expect(first).toHaveLength(18);
    });

    it('passes over the sends of busy channels', async () => {
      await timers.write([
        open({ name: 'a' }),
        open({ name: 'b', kind: 'duration_ended' }),
        open({ name: 'c', channel: 'second' }),
      ]);
      const busyChannels = [derivedId('main')];
      expect(await claimed({ busyChannels })).toEqual([derivedId('b'), derivedId('c')].sort());
    });

    it('finds what is open by participant, address and the id of the provider', async () => {
      await timers.write([
        open({ name: 'a', kind: 'duration_ended', dueAt: T1, startedAt: T0, providerMessageId: 'wamid.1' }),
        open({ name: 'b' }),
      ]);
      const [byParticipant] = await timers.openOfParticipants([
        derivedId('participant', 'a'),
        derivedId('participant', 'nobody'),
      ]);
      expect(byParticipant).toEqual({
        ...open({ name: 'a', kind: 'duration_ended', dueAt: T1, startedAt: T0, providerMessageId: 'wamid.1' }).open,
        isClaimed: false,
      });
      expect(await timers.openAtAddresses([derivedId('address', 'a')])).toEqual([byParticipant]);
      expect(await timers.openWithMessages(derivedId('main'), ['wamid.1', 'wamid.2'])).toEqual([byParticipant]);
      expect(await timers.openWithMessages(derivedId('second'), ['wamid.1'])).toEqual([]);
      await claimed();
      expect((await timers.openAtAddresses([derivedId('address', 'b')]))[0]?.isClaimed).toBe(true);
    });

    it('never gives one row to two of many claimers', async () => {
      const names = Array.from({ length: 200 }, (_, index) => `row ${index}`);
      await timers.write(names.map((each) => open({ name: each })));
      const claims = await Promise.all(Array.from({ length: 8 }, () => timers.claim(request({ limit: 40 }))));
      const ids = claims.flat().map(({ communicationId }) => communicationId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThanOrEqual(40);
    });
  });
}
