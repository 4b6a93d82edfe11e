import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { derivedId, InMemoryEventStore, NO_STREAM, streamName, TransientError } from '@poinciana/event-sourcing';
import type { InMemoryTransaction } from '@poinciana/messaging';
import { envelope, WORKSPACE } from '../../test/sample-definitions.js';
import type { KnownCommunication } from '../domain/communication.js';
import { ChannelCapacity } from '../limits/channel-capacity.js';
import { InProcessRateLimits } from '../limits/in-process-rate-limits.js';
import { InMemoryTimers } from '../storage/in-memory-timers.js';
import { timerChangeOf } from '../storage/open-communication.js';
import type { Claim, ClaimedTimer } from '../storage/timers.js';
import { HoldSends, type HeldSends } from './hold-sends.js';
import { KnownDefinitions } from './known-definitions.js';
import type { PreparedSend } from './prepare-sends.js';

const ONE = derivedId('campaign', 'one');
const TWO = derivedId('campaign', 'two');
const AT = '2026-03-02T09:00:00.000Z';
const IDS = { participantId: 'p', customerId: 'k', flowId: 'f', runId: 'r', nodeId: 'n' };
const NAMES = { name: 'REMINDER', agentId: 'g', channelType: 'whatsapp', status: 'Planned' } as const;
const NUMBERS = { flowVersion: 1, durationMs: 60_000, attempts: 0, life: 1, hop: 0, silent: false };
const PERSONAL = { address: '491510000001', templateVariables: {}, customerContext: {}, results: {} };

const CLAIM_LEASE_MS = 5_000;
const CALL_MS = 2_000;
const LONG_CALL_MS = 7_000;
/** What a lease lasts beyond the longest call. */
const MARGIN_MS = 10_000;
/** How long nothing is asked again. */
const FRESH_MS = 500;
/** Longer than every lease. */
const LONG_MS = 3_600_000;

/** A send of campaign ONE through the channel `main`, unless it says otherwise. */
interface Due {
  readonly id: string;
  readonly campaignId?: string;
  readonly channelId?: string;
  readonly timeoutMs?: number;
}

function planned({ id, campaignId = ONE, channelId = 'main' }: Due): KnownCommunication {
  const timing = { code: 'exact_time' };
  return { facts: { id, campaignId, channelId, ...IDS, ...NAMES, ...NUMBERS, sendAt: AT, timing }, personal: PERSONAL };
}

/** The twin, and a database that is away for whoever renews the claim of one of these. */
class FailingTimers extends InMemoryTimers {
  readonly awayFor = new Set<string>();

  override async renew(claims: readonly Claim[], leaseMs: number): Promise<ReadonlySet<string>> {
    if (claims.some(({ communicationId }) => this.awayFor.has(communicationId))) throw new TransientError('away');
    return super.renew(claims, leaseMs);
  }
}

describe('the sends that a process holds', () => {
  let ms: number;
  let store: InMemoryEventStore;
  let timers: FailingTimers;
  let capacity: ChannelCapacity;
  let holds: HoldSends<InMemoryTransaction>;

  beforeEach(async () => {
    ms = 0;
    // One clock for the process and for the database; it stands still until a test sets it.
    jest.spyOn(performance, 'now').mockImplementation(() => ms);
    store = new InMemoryEventStore();
    timers = new FailingTimers();
    capacity = new ChannelCapacity(new InProcessRateLimits(), () => undefined);
    holds = new HoldSends({ timers, definitions: new KnownDefinitions(store), capacity });
    for (const id of [ONE, TWO]) {
      await tell(id, NO_STREAM, 'CampaignStarted', 'Active');
      await timers.writeCampaigns([{ campaignId: id, workspace: WORKSPACE, held: false, deleted: false, revision: 0 }]);
    }
  });
  afterEach(() => void jest.restoreAllMocks());

  async function tell(campaignId: string, expectedRevision: number, type: string, status: string): Promise<void> {
    const campaign = { id: campaignId, name: 'Payments', description: '', kind: 'flow', status };
    const data = { campaign, flows: [], pauseAnswer: 'run', overdueAnswer: 'skip', generation: 1 };
    const event = envelope(derivedId(campaignId, type), WORKSPACE, type, data);
    await store.append([{ stream: streamName('campaign', campaignId), expectedRevision, events: [event] }]);
  }

  function claim(leaseMs: number): Promise<readonly ClaimedTimer[]> {
    return timers.claim({ now: AT, limit: 100, leaseMs, busyChannels: [] });
  }

  /** What becomes due now and is claimed by this process for a short while. */
  async function claimed(...dues: readonly Due[]): Promise<readonly PreparedSend[]> {
    await timers.write(dues.map((due) => timerChangeOf(WORKSPACE, planned(due), 0)));
    const claims = new Map((await claim(CLAIM_LEASE_MS)).map((each) => [each.communicationId, each]));
    return dues.flatMap((due) => {
      const own = claims.get(due.id);
      const call = { timeoutMs: due.timeoutMs ?? CALL_MS, provesAfterMs: undefined, make: neverMade };
      return own === undefined ? [] : [{ claim: own, state: planned(due), call }];
    });
  }

  /** What another process can claim at this moment, and thereby takes. */
  async function taken(): Promise<readonly string[]> {
    return (await claim(LONG_MS)).map(({ communicationId }) => communicationId).sort();
  }

  it('are those that nobody else took meanwhile, for as long as the longest call may take', async () => {
    const first = await claimed({ id: 'a' });
    ms = CLAIM_LEASE_MS - 1;
    const others = await claimed({ id: 'b' }, { id: 'c', timeoutMs: LONG_CALL_MS });
    ms = CLAIM_LEASE_MS;
    expect(await taken()).toEqual(['a']);
    const held = await holds.hold([...first, ...others]);
    const leaseEndsAt = CLAIM_LEASE_MS + LONG_CALL_MS + MARGIN_MS;
    expect(held).toEqual({ sends: others, heldAt: CLAIM_LEASE_MS, leaseEndsAt });
    expect(namesOf(held)).toEqual(['b', 'c']);
    ms = leaseEndsAt - 1;
    expect(await taken()).toEqual([]);
    ms = leaseEndsAt;
    expect(await taken()).toEqual(['b', 'c']);
  });

  it.each([
    ['CampaignStopped', 'Inactive'],
    ['CampaignFailed', 'Error'],
  ])('are not those of a campaign behind %s: whoever claims next has them at once', async (type, status) => {
    const sends = await claimed({ id: 'a' }, { id: 'b', campaignId: TWO });
    expect(namesOf(await holds.hold(sends))).toEqual(['a', 'b']);
    await tell(TWO, 0, type, status);
    expect(namesOf(await holds.hold(sends))).toEqual(['a']);
    // The table has not heard of it yet: nothing but the claim keeps anybody away.
    expect(await taken()).toEqual(['b']);
  });

  describe('part by part', () => {
    const five = () => claimed({ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }, { id: 'e' });

    it('are all of them, in order', async () => {
      const parts: (readonly string[])[] = [];
      for await (const held of holds.ahead(await five(), 2)) parts.push(namesOf(held));
      expect(parts).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    });

    it('are made sure of while the part before waits, and no further', async () => {
      const parts = holds.ahead(await five(), 2);
      expect(await nextOf(parts)).toEqual(['a', 'b']);
      await nextTurn();
      ms = CLAIM_LEASE_MS;
      expect(await taken()).toEqual(['e']);
      expect([await nextOf(parts), await nextOf(parts), await nextOf(parts)]).toEqual([['c', 'd'], [], undefined]);
    });

    it('are given back where nobody asks for them any more', async () => {
      for await (const held of holds.ahead(await five(), 2)) {
        expect(namesOf(held)).toEqual(['a', 'b']);
        break;
      }
      // The last was not made sure of: its claim is as it was.
      expect(await taken()).toEqual(['c', 'd']);
      ms = CLAIM_LEASE_MS;
      expect(await taken()).toEqual(['e']);
    });

    it('are a failure to whoever asks for a part that cannot be made sure of, and to nobody else', async () => {
      const sends = await five();
      timers.awayFor.add('c');
      const begun = async () => {
        const parts = holds.ahead(sends, 2);
        expect(await nextOf(parts)).toEqual(['a', 'b']);
        return parts;
      };
      const [asked, left] = [await begun(), await begun()] as const;
      // Nobody comes back to this one: a failure that nobody listens to would end the process.
      await begun();
      await nextTurn();
      await expect(asked.next()).rejects.toThrow(TransientError);
      await expect(left.return(undefined)).resolves.toEqual({ done: true, value: undefined });
    });
  });

  describe('and that have waited', () => {
    it('are taken for granted for a moment, and made sure of again behind it', async () => {
      const held = await holds.hold(await claimed({ id: 'a' }, { id: 'b', campaignId: TWO }));
      await tell(TWO, 0, 'CampaignStopped', 'Inactive');
      ms = FRESH_MS - 1;
      expect(await holds.stillHeld(held)).toEqual(held);
      expect(await taken()).toEqual([]);
      ms = FRESH_MS;
      const again = await holds.stillHeld(held);
      expect(again).toMatchObject({ heldAt: FRESH_MS, leaseEndsAt: FRESH_MS + CALL_MS + MARGIN_MS });
      expect(namesOf(again)).toEqual(['a']);
      expect(await taken()).toEqual(['b']);
      ms = again.leaseEndsAt - 1;
      expect(await taken()).toEqual([]);
    });

    it('keep their lease as it was while they are taken for granted', async () => {
      const held = await holds.hold(await claimed({ id: 'a' }));
      ms = FRESH_MS - 1;
      await holds.stillHeld(held);
      ms = held.leaseEndsAt;
      expect(await taken()).toEqual(['a']);
    });

    it.each([FRESH_MS - 1, FRESH_MS])(
      'are not those of a channel that asks for a pause, after %d ms',
      async (after) => {
        const held = await holds.hold(await claimed({ id: 'a' }, { id: 'b', channelId: 'busy' }));
        ms = after;
        capacity.pause('busy', 1);
        expect(namesOf(await holds.stillHeld(held))).toEqual(['a']);
        expect(await taken()).toEqual(['b']);
      },
    );
  });
});

function namesOf({ sends }: HeldSends): readonly string[] {
  return sends.map(({ claim }) => claim.communicationId);
}

/** The next part; undefined behind the last. */
async function nextOf(parts: AsyncGenerator<HeldSends, void>): Promise<readonly string[] | undefined> {
  const { done, value } = await parts.next();
  return done === true ? undefined : namesOf(value);
}

async function neverMade(): Promise<never> {
  throw new Error('A provider was called');
}
