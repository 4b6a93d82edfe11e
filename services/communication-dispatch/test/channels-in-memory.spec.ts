import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, readStream, streamName } from '@poinciana/event-sourcing';
import { communicationOf } from '../src/domain/communication.js';
import { DispatchWorld } from './dispatch-world.js';
import { CHANNEL, CUSTOMER, flowRun, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const [ONE, TWO] = [derivedId('communication', 1), derivedId('communication', 2)];
const ADDRESS = '491510000001';
const DUE = '2026-03-02T09:00:00.000Z';

describe('channels, in the world in memory', () => {
  let world: DispatchWorld;

  async function plan(...ids: readonly string[]): Promise<void> {
    const plans = ids.map((id) => ({ id, address: ADDRESS }));
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, plans)]);
    await world.consume();
  }

  async function facts(id: string) {
    return communicationOf((await world.communication(id)).at(-1))?.facts;
  }

  async function channelEvents() {
    await world.dispatch.watch.written();
    return (await readStream(world.store, streamName('channel', CHANNEL))).map(({ type }) => type);
  }

  beforeEach(async () => {
    world = new DispatchWorld();
    await world.begin();
    await world.consume();
  });

  it('sends nothing to who unsubscribed, decided when it is due, until it is lifted', async () => {
    await plan(ONE);
    expect(await world.dispatch.suppress.unsubscribe(ONE)).toBe(true);
    expect(await world.dispatch.suppress.unsubscribe(TWO)).toBe(false);
    world.setClock(DUE);
    await world.work();
    expect(await facts(ONE)).toMatchObject({ status: 'Skipped', code: 'suppressed', attempts: 0 });
    expect(world.channel.accepted).toEqual([]);
    const request = {
      workspace: WORKSPACE,
      customerId: CUSTOMER,
      channelId: CHANNEL,
      causation: ONE,
      actor: 'user:eva',
    };
    await world.dispatch.suppress.lift(request);
    await world.append(streamName('flow-runs', ADA), [
      flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }]),
      flowRun(ADA, 2, [{ id: TWO, address: ADDRESS }]),
    ]);
    await world.consume();
    await world.work();
    expect(await facts(TWO)).toMatchObject({ status: 'Started' });
  });

  it('writes once that a channel is refused, and once that it takes messages again (A49)', async () => {
    const refused = { outcome: 'delayed', code: 'channel_refused', scope: 'channel', retryAfterMs: 1 } as const;
    world.channel.script(ADDRESS, refused, refused);
    await plan(ONE, TWO);
    world.setClock(DUE);
    await world.work();
    expect(await channelEvents()).toEqual(['ChannelFailed']);
    expect(
      world.dispatch.watch.note(
        { workspace: WORKSPACE, channelId: CHANNEL, channelType: 'whatsapp' },
        {
          outcome: 'accepted',
          providerMessageId: 'twin.1',
        },
      ),
    ).toBe(0);
    expect(await channelEvents()).toEqual(['ChannelFailed', 'ChannelHealed']);
  });

  it('leaves a channel that cannot be reached alone for a growing while', () => {
    const { watch } = world.dispatch;
    const watched = { workspace: WORKSPACE, channelId: CHANNEL, channelType: 'whatsapp' };
    const unreachable = { outcome: 'delayed', code: 'provider_unreachable', scope: 'channel' } as const;
    const person = { ...unreachable, scope: 'person' } as const;
    // Calls of one wave count once.
    expect([watch.note(watched, unreachable), watch.note(watched, unreachable)]).toEqual([1_000, 1_000]);
    expect(watch.note(watched, person)).toBe(0);
    expect(watch.note(watched, { outcome: 'unknown' })).toBe(0);
  });

  it('takes how a call goes on: answered is Replied, concluded brings the declared results (A64, A71)', async () => {
    await plan(ONE, TWO);
    world.setClock(DUE);
    await world.work();
    const call = { about: 'call', echo: ONE, providerMessageId: 'twin.1' };
    const transcript = [
      { from: 'agent', text: 'Hello' },
      { from: 'person', text: 'I paid' },
    ];
    const results = { paid: 'yes', nonsense: 1 };
    await world.tell({ ...call, progress: 'concluded', answered: true, results, transcript });
    await world.tell({ ...call, progress: 'answered' });
    await world.tell({
      about: 'call',
      echo: TWO,
      providerMessageId: 'twin.2',
      progress: 'unanswered',
      code: 'line_busy',
    });
    await world.work();
    await world.consume();
    const { events, session } = await world.dispatch.communications.read(WORKSPACE, ONE);
    expect(events.map(({ type }) => type).slice(3)).toEqual([
      'CommunicationReplied',
      'CommunicationEnded',
      'SignalNoted',
    ]);
    expect(events.at(-1)?.personal).toMatchObject({ results: { paid: true } });
    expect(session.flatMap(({ personal }) => (personal as { readonly text?: string }).text ?? [])).toEqual(
      expect.arrayContaining(['Hello', 'I paid']),
    );
    expect(await facts(TWO)).toMatchObject({ status: 'NoResponse', code: 'line_busy' });
  });

  it('keeps a call of a person as an inbound session of its own', async () => {
    const caller = { about: 'caller', providerMessageId: 'call.9', address: ADDRESS };
    await world.tell({
      ...caller,
      phase: 'ended',
      transcript: [{ from: 'person', text: 'Call me back' }],
      results: {},
    });
    await world.tell({ ...caller, phase: 'began' });
    await world.work();
    const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
    const own = log.filter(
      ({ stream }) => stream === streamName('session', derivedId('call-session', CHANNEL, 'call.9')),
    );
    expect(own.map(({ type }) => type)).toEqual([
      'SessionOpened',
      'MessageReceived',
      'MessageReceived',
      'SessionClosed',
    ]);
  });
});
