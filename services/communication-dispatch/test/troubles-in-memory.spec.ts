import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { derivedId, readStream, streamName } from '@poinciana/event-sourcing';
import { communicationOf } from '../src/domain/communication.js';
import { DispatchWorld } from './dispatch-world.js';
import { CHANNEL, CUSTOMER, flowRun, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const DUE = '2026-03-02T09:00:00.000Z';
const TEN_MINUTES_MS = 600_000;
const HOUR_MS = 3_600_000;

describe('troubles', () => {
  let world: DispatchWorld;

  beforeEach(async () => {
    world = new DispatchWorld();
    await world.begin();
    await world.consume();
  });

  function ids(count: number): readonly string[] {
    return Array.from({ length: count }, (_, index) => derivedId('communication', index));
  }

  async function plan(
    count: number,
    windowEnds: Readonly<Record<number, string>> = {},
    sendAts: Readonly<Record<number, string>> = {},
  ): Promise<void> {
    const plans = ids(count).map((id, index) => {
      const [windowEnd, sendAt = DUE] = [windowEnds[index], sendAts[index]];
      const plan = { id, address: String(491_510_000_000 + index), sendAt };
      return windowEnd === undefined ? plan : { ...plan, windowEnd };
    });
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, plans)]);
    await world.consume();
  }

  async function facts(id: string) {
    const state = communicationOf((await world.communication(id)).at(-1));
    if (state === null) throw new Error('There is no such communication');
    return state.facts;
  }

  async function pass(ms: number): Promise<void> {
    world.setClock(new Date(world.clock.now().getTime() + ms).toISOString());
    world.wait(ms);
    await world.work();
    await world.consume();
  }

  it('sends what is still in its window when a channel comes back after an hour, once, and skips the rest', async () => {
    await plan(2, { 1: '2026-03-02T09:30:00.000Z' });
    world.channel.vanish();
    world.setClock(DUE);
    await world.work();
    for (let tens = 0; tens < 6; tens += 1) await pass(TEN_MINUTES_MS);
    await world.dispatch.watch.written();
    const [one = '', two = ''] = ids(2);
    expect(await facts(one)).toMatchObject({ status: 'Planned', code: 'provider_unreachable' });
    expect(await facts(two)).toMatchObject({ status: 'Skipped', code: 'window_missed' });
    world.channel.comeBack();
    for (let tens = 0; tens < 2; tens += 1) await pass(TEN_MINUTES_MS);
    await world.dispatch.watch.written();
    expect(await facts(one)).toMatchObject({ status: 'Started' });
    expect(world.channel.acceptedTimes(one)).toBe(1);
    const told = await readStream(world.store, streamName('channel', CHANNEL));
    expect(told.map(({ type }) => type)).toEqual(['ChannelFailed', 'ChannelHealed']);
  });

  it('begins nothing more once the campaign is stopped in the middle of sending, and goes on at Start, each once', async () => {
    const all = ids(12);
    await plan(all.length);
    let stopping: Promise<void> | undefined;
    world.channel.whileSending = () => (stopping ??= world.campaign('CampaignStopped', { status: 'Inactive' }));
    world.setClock(DUE);
    await world.work();
    const begun = world.channel.accepted.length;
    expect(begun).toBeGreaterThan(0);
    expect(begun).toBeLessThan(all.length);
    const waiting = (await Promise.all(all.map(facts))).filter(({ attempts }) => attempts === 0);
    expect(waiting).toHaveLength(all.length - begun);
    await world.startCampaign();
    await world.consume();
    await pass(60_000);
    expect(all.map((id) => world.channel.acceptedTimes(id))).toEqual(all.map(() => 1));
  });

  describe('a process that dies while it sends, and a campaign that is stopped then', () => {
    async function diesAndStops(): Promise<void> {
      world.restart();
      await world.campaign('CampaignStopped', { status: 'Inactive' });
      await world.consume();
    }

    it('leave an unknown outcome that is given up in its time', async () => {
      await plan(1);
      world.setClock(DUE);
      const calling = new Promise<void>((resolve) => {
        world.channel.whileSending = () => {
          resolve();
          return new Promise(() => undefined);
        };
      });
      void world.dispatch.due.pass();
      await calling;
      await diesAndStops();
      await pass(TEN_MINUTES_MS);
      expect(await facts(ids(1)[0] ?? '')).toMatchObject({ status: 'Failed', code: 'outcome_unknown' });
    });

    it('leave a conversation whose duration ends (A63)', async () => {
      await plan(1);
      world.setClock(DUE);
      const write = world.timers.write.bind(world.timers);
      const writing = new Promise<void>((resolve) => {
        world.timers.write = () => {
          resolve();
          return new Promise(() => undefined);
        };
      });
      void world.dispatch.due.pass();
      await writing;
      world.timers.write = write;
      await diesAndStops();
      await pass(6 * TEN_MINUTES_MS);
      expect(await facts(ids(1)[0] ?? '')).toMatchObject({ status: 'NoResponse' });
    });

    it('leave what was not begun to the next Start', async () => {
      await plan(1);
      world.setClock(DUE);
      await world.timers.claim({ now: DUE, limit: 1, leaseMs: 5_000, busyChannels: [] });
      await diesAndStops();
      await pass(TEN_MINUTES_MS);
      expect(await facts(ids(1)[0] ?? '')).toMatchObject({ status: 'Planned', attempts: 0 });
      await world.startCampaign();
      await world.consume();
      await pass(TEN_MINUTES_MS);
      expect(await facts(ids(1)[0] ?? '')).toMatchObject({ status: 'Started', attempts: 1 });
    });
  });

  describe('who waits for a channel that takes nobody new today', () => {
    beforeEach(async () => {
      world = new DispatchWorld();
      await world.begin({ peoplePerDay: '1' });
      await world.consume();
      await plan(2);
      world.setClock(DUE);
      await world.work();
    });

    async function waiting(): Promise<string> {
      const all = await Promise.all(ids(2).map(facts));
      return all.find(({ attempts }) => attempts === 0)?.id ?? '';
    }

    it('misses the window when it ends, not when the day is over', async () => {
      const id = await waiting();
      await pass(9 * HOUR_MS);
      expect(await facts(id)).toMatchObject({ status: 'Skipped', endedAt: '2026-03-02T18:00:00.000Z' });
    });

    it('is canceled soon when the campaign is deleted', async () => {
      const id = await waiting();
      await world.campaign('CampaignStopped', { status: 'Inactive' });
      await world.campaign('CampaignDeleted', { status: 'Inactive' });
      await world.consume();
      await pass(HOUR_MS);
      expect(await facts(id)).toMatchObject({ status: 'Canceled', code: 'campaign_deleted' });
    });
  });

  it('misses the window when it ends, however long the provider asks for a pause', async () => {
    await plan(8);
    const later = { outcome: 'delayed', code: 'rate_limited', scope: 'channel', retryAfterMs: 48 * HOUR_MS } as const;
    for (let index = 0; index < 8; index += 1) world.channel.script(String(491_510_000_000 + index), later);
    world.setClock(DUE);
    await world.work();
    await pass(9 * HOUR_MS);
    const all = await Promise.all(ids(8).map(facts));
    expect(all.map(({ code }) => code)).toEqual(all.map(() => 'window_missed'));
  });

  it('sends in the shorter window of the night in which the clock changes, and not behind its end', async () => {
    // 01:00 to 04:00 in Berlin on 2026-03-29 are the two hours from 00:00Z.
    const [sent = '', missed = ''] = ids(2);
    const sendAt = '2026-03-29T00:00:00.000Z';
    const window = { sendAt, windowEnd: '2026-03-29T02:00:00.000Z' };
    const plans = [sent, missed].map((id, index) => ({ id, address: String(491_510_000_000 + index), ...window }));
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, plans)]);
    await world.consume();
    const later = { outcome: 'delayed', code: 'provider_busy', scope: 'person', retryAfterMs: 7_200_000 } as const;
    world.channel.script('491510000001', later);
    world.setClock('2026-03-28T23:59:59.000Z');
    await world.work();
    expect(world.channel.accepted).toEqual([]);
    world.setClock('2026-03-29T01:59:59.000Z');
    await world.work();
    expect(await facts(sent)).toMatchObject({ status: 'Started' });
    await pass(2 * 3_600_000);
    expect(await facts(missed)).toMatchObject({ status: 'Skipped', code: 'window_missed' });
  });

  describe('an outcome that nobody ever learns', () => {
    async function lost(settings: Readonly<Record<string, string>>, windowEnd?: string): Promise<string> {
      world = new DispatchWorld();
      await world.begin(settings);
      await world.consume();
      await plan(1, windowEnd === undefined ? {} : { 0: windowEnd });
      world.channel.script('491510000000', { outcome: 'unknown', providerCode: 'ETIMEDOUT' });
      world.setClock(DUE);
      await world.work();
      await pass(TEN_MINUTES_MS);
      return ids(1)[0] ?? '';
    }

    it.each([{}, { unknownOutcomes: 'never_twice' }])('is given up, not tried again: %j', async (settings) => {
      const id = await lost(settings);
      expect(await facts(id)).toMatchObject({ status: 'Failed', code: 'outcome_unknown', attempts: 1 });
      const { unknownOutcomes } = await world.dispatch.health.report(WORKSPACE, CHANNEL);
      expect(unknownOutcomes).toBe('never_twice');
    });

    it('is tried again where the channel says at_least_once, and the communication says so', async () => {
      const id = await lost({ unknownOutcomes: 'at_least_once' });
      expect(await facts(id)).toMatchObject({ status: 'Started', attempts: 2, doubtful: true });
      expect(world.channel.acceptedTimes(id)).toBe(1);
      const delayed = (await world.communication(id)).filter(({ type }) => type === 'DispatchDelayed');
      expect(delayed.map(({ data }) => (data as { readonly code: string }).code)).toEqual([
        'awaiting_proof',
        'outcome_unknown_retry',
      ]);
      const { unknownOutcomes } = await world.dispatch.health.report(WORKSPACE, CHANNEL);
      expect(unknownOutcomes).toBe('at_least_once');
    });

    it('is given up there too once its window is over', async () => {
      const id = await lost({ unknownOutcomes: 'at_least_once' }, '2026-03-02T09:05:00.000Z');
      expect(await facts(id)).toMatchObject({ status: 'Failed', code: 'outcome_unknown', attempts: 1 });
    });
  });

  describe.each([{}, { unknownOutcomes: 'at_least_once' }])('an answer that cannot be stored, %j', (settings) => {
    const endless = 'x'.repeat(800_000);

    it.each([
      { outcome: 'accepted', providerMessageId: endless },
      { outcome: 'refused', code: 'message_refused', providerCode: endless },
    ] as const)('is lost alone and reported, and its outcome is unknown: $outcome', async (answer) => {
      world = new DispatchWorld();
      await world.begin(settings);
      await world.consume();
      await plan(3);
      world.channel.script('491510000001', answer);
      world.setClock(DUE);
      await world.work();
      const [one = '', lost = '', three = ''] = ids(3);
      expect(await facts(one)).toMatchObject({ status: 'Started' });
      expect(await facts(lost)).toMatchObject({ status: 'Planned', dispatch: 'unknown', code: 'awaiting_proof' });
      expect(await facts(three)).toMatchObject({ status: 'Started' });
      expect(world.faults.map(({ what, id }) => [what, id])).toEqual([
        ['due communication', 'batch of 3 results'],
        ['due communication', lost],
      ]);
      await pass(TEN_MINUTES_MS);
      expect([one, three].map((id) => world.channel.acceptedTimes(id))).toEqual([1, 1]);
    });
  });

  it('ends what a provider told and nobody can store as unreadable, and works off the rest', async () => {
    const text = 'hello';
    const address = `${'a'.repeat(800_000)}@people.example`;
    await world.tell({ about: 'message', providerMessageId: 'in.1', address, text });
    await world.tell({ about: 'message', providerMessageId: 'in.2', address: '491510000009', text });
    await world.work();
    expect(await world.inbox.counts(CHANNEL)).toMatchObject({ received: 2, waiting: 1 });
    for (let hours = 0; hours < 8; hours += 1) await pass(2 * 3_600_000);
    expect(await world.inbox.counts(CHANNEL)).toMatchObject({ received: 2, waiting: 0 });
    const ofEntry = world.faults.filter(({ id }) => !id.startsWith('batch'));
    expect(ofEntry.map(({ what, id }) => [what, id])).toEqual(Array.from({ length: 8 }, () => ['inbox entry', '1']));
  });

  it('believes no pause longer than a day', async () => {
    await plan(1);
    world.channel.script('491510000000', {
      outcome: 'delayed',
      code: 'rate_limited',
      scope: 'channel',
      retryAfterMs: 1e300,
    });
    world.setClock(DUE);
    await world.work();
    const [id = ''] = ids(1);
    expect(await facts(id)).toMatchObject({ dispatch: 'delayed', retryAt: '2026-03-03T09:00:00.000Z' });
  });

  it('sends nothing more on a channel to whom the provider says has opted out', async () => {
    const [one = '', two = ''] = ids(2);
    await plan(2);
    world.channel.script('491510000000', { outcome: 'refused', code: 'recipient_opted_out', providerCode: '131050' });
    world.channel.script('491510000001', {
      outcome: 'delayed',
      code: 'provider_busy',
      scope: 'person',
      retryAfterMs: 60_000,
    });
    world.setClock(DUE);
    await world.work();
    await world.consume();
    expect(await facts(one)).toMatchObject({ status: 'Failed', code: 'recipient_opted_out' });
    expect(await world.suppressions.ofCustomer(WORKSPACE, CUSTOMER)).toEqual([
      { channelId: CHANNEL, customerId: CUSTOMER },
    ]);
    await pass(120_000);
    expect(await facts(two)).toMatchObject({ status: 'Skipped', code: 'suppressed' });
    expect(world.channel.accepted).toEqual([]);
  });

  it('obeys an opt-out once: what a user lifted stays lifted when it is handled again, and another one counts', async () => {
    const [one = '', two = ''] = ids(2);
    const key = { channelId: CHANNEL, customerId: CUSTOMER };
    const handleAgain = async (): Promise<void> => {
      const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
      const events = log.filter(({ stream }) => stream.startsWith('communication-'));
      await world.dispatch.onCommunications({ group: 'test', events });
    };
    await plan(2, {}, { 1: '2026-03-02T10:00:00.000Z' });
    for (const address of ['491510000000', '491510000001'])
      world.channel.script(address, { outcome: 'refused', code: 'recipient_opted_out' });
    world.setClock(DUE);
    await world.work();
    // Killed before the row was written.
    const put = jest.spyOn(world.suppressions, 'put').mockRejectedValueOnce(new Error('killed'));
    await expect(handleAgain()).rejects.toThrow('killed');
    put.mockRestore();
    expect((await world.suppressions.among([key])).size).toBe(0);
    await handleAgain();
    expect((await world.suppressions.among([key])).size).toBe(1);
    await world.dispatch.suppress.lift({ ...key, workspace: WORKSPACE, causation: one, actor: 'user:eva' });
    await handleAgain();
    expect((await world.suppressions.among([key])).size).toBe(0);
    await pass(HOUR_MS);
    await handleAgain();
    expect(await facts(two)).toMatchObject({ status: 'Failed', code: 'recipient_opted_out' });
    expect((await world.suppressions.among([key])).size).toBe(1);
  });
});
