import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, readStream, streamName } from '@poinciana/event-sourcing';
import { NO_LINE, outcomeOfFailure } from '../src/channels/email/smtp-reply.js';
import { communicationOf } from '../src/domain/communication.js';
import { DispatchWorld } from './dispatch-world.js';
import { CHANNEL, flowRun, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const DUE = '2026-03-02T09:00:00.000Z';
const COUNT = 40;
/** Calls under way at a time in the world of tests, and sends in a row that may be lost. */
const [CALLS, LOST_IN_A_ROW] = [4, 5];
const MINUTE_MS = 60_000;
const WATCHED = { workspace: WORKSPACE, channelId: CHANNEL, channelType: 'whatsapp' };
const LOST = { outcome: 'unknown', providerCode: 'call_timed_out' } as const;

describe('a provider that takes everything and answers nothing', () => {
  let world: DispatchWorld;
  const ids = Array.from({ length: COUNT }, (_, index) => derivedId('communication', index));

  beforeEach(async () => {
    world = new DispatchWorld();
    await world.begin();
    const plans = ids.map((id, index) => ({ id, address: String(491_510_000_000 + index) }));
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, plans)]);
    await world.consume();
    world.channel.fallSilent();
    world.setClock(DUE);
    await world.work();
  });
  afterEach(() => world.close());

  async function pass(ms: number): Promise<void> {
    world.setClock(new Date(world.clock.now().getTime() + ms).toISOString());
    world.wait(ms);
    await world.work();
    await world.consume();
    await world.dispatch.watch.written();
  }

  async function facts(id: string) {
    const state = communicationOf((await world.communication(id)).at(-1));
    if (state === null) throw new Error('There is no such communication');
    return state.facts;
  }

  async function told() {
    const events = await readStream(world.store, streamName('channel', CHANNEL));
    return events.map(({ type, data }) => ({ type, data }));
  }

  it('costs few people at first, then one behind each pause, and is said to have failed', async () => {
    const first = world.channel.accepted.length;
    expect(first).toBeGreaterThanOrEqual(LOST_IN_A_ROW);
    expect(first).toBeLessThan(LOST_IN_A_ROW + CALLS);
    await world.dispatch.watch.written();
    expect(await told()).toEqual([]);
    await pass(MINUTE_MS);
    expect(world.channel.accepted).toHaveLength(first + 1);
    const about = { channelId: CHANNEL, channelType: 'whatsapp' };
    const failed = { ...about, code: 'provider_unresponsive', providerCode: 'lost' };
    expect(await told()).toEqual([{ type: 'ChannelFailed', data: failed }]);
    for (let more = 2; more < 5; more += 1) {
      await pass(MINUTE_MS);
      expect(world.channel.accepted).toHaveLength(first + more);
    }
    expect(await told()).toHaveLength(1);
  });

  it('gets everything that waited once it answers, each once; what it took before is proved or unknown, as ever', async () => {
    const lost = world.channel.accepted.map(({ echo }) => echo);
    await pass(MINUTE_MS);
    world.channel.comeBack();
    const [proved = ''] = lost;
    await world.tell({ about: 'status', status: 'delivered', echo: proved, providerMessageId: 'w.1' });
    for (let minutes = 0; minutes < 11; minutes += 1) await pass(MINUTE_MS);
    expect((await told()).map(({ type }) => type)).toEqual(['ChannelFailed', 'ChannelHealed']);
    expect(ids.map((id) => world.channel.acceptedTimes(id))).toEqual(ids.map(() => 1));
    const all = await Promise.all(ids.map(facts));
    const unknown = all.filter(({ code }) => code === 'outcome_unknown');
    expect(all.filter(({ startedAt }) => startedAt !== undefined)).toHaveLength(COUNT - unknown.length);
    expect(unknown).toHaveLength(lost.length);
    expect(await facts(proved)).toMatchObject({ status: 'Delivered' });
  });
});

describe('a provider that answers, but not always', () => {
  it.each([
    ['an acceptance', { outcome: 'accepted', providerMessageId: 'twin.1' }],
    ['a refusal', { outcome: 'refused', code: 'recipient_unreachable' }],
  ] as const)('is not left alone as long as %s comes now and then', async (_what, answer) => {
    const world = new DispatchWorld();
    const { watch } = world.dispatch;
    const outcomes = Array.from({ length: 50 }, (_, index) => (index % LOST_IN_A_ROW === 0 ? answer : LOST));
    expect(outcomes.map((outcome) => watch.note(WATCHED, outcome))).toEqual(outcomes.map(() => 0));
    expect(watch.isLosing(CHANNEL)).toBe(false);
    await world.close();
  });

  it('is known by what it says, not by what never reached it', async () => {
    const world = new DispatchWorld();
    const { watch } = world.dispatch;
    const notCalled = { outcome: 'refused', code: 'invalid_address', providerCode: 'not_called' } as const;
    const noLine = outcomeOfFailure({ code: NO_LINE, begun: false, unconnected: true });
    for (const outcome of [LOST, LOST, notCalled, LOST, noLine, LOST]) expect(watch.note(WATCHED, outcome)).toBe(0);
    expect(watch.note(WATCHED, LOST)).toBeGreaterThan(0);
    expect(watch.isLosing(CHANNEL)).toBe(true);
    await world.close();
  });
});
