import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, readStream, streamName } from '@poinciana/event-sourcing';
import { communicationOf } from '../src/domain/communication.js';
import { DispatchWorld } from './dispatch-world.js';
import { CAMPAIGN, CHANNEL, channelOf, CUSTOMER, flowRun, WORKSPACE, workspaceEvents } from './sample-definitions.js';

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

  it('asks for the end of a call that nobody told, every now and then, as if it had been told then', async () => {
    const channel = { id: CHANNEL, type: 'voice', nodeId: 'reminder', flowId: CAMPAIGN };
    const plans = [ONE, TWO].map((id) => ({ id, address: ADDRESS, channel }));
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, plans)]);
    await world.consume();
    world.setClock(DUE);
    await world.work();
    const questions: string[] = [];
    const concluded = { about: 'call', progress: 'concluded', answered: true, results: { paid: 'yes' } } as const;
    const transcript = [{ from: 'person', text: 'I paid' }] as const;
    world.channel.asked = ({ echo, providerMessageId = '' }) => {
      questions.push(echo);
      if (echo === TWO) return { proof: 'none' };
      return { proof: 'accepted', providerMessageId, notices: [{ ...concluded, echo, providerMessageId, transcript }] };
    };
    const passTo = async (instant: string): Promise<void> => {
      world.setClock(instant);
      world.wait(600_000);
      await world.work();
      await world.consume();
    };
    await passTo('2026-03-02T09:04:59.000Z');
    expect(questions).toEqual([]);
    await passTo('2026-03-02T09:05:00.000Z');
    expect(questions.toSorted()).toEqual([ONE, TWO].toSorted());
    expect(await facts(ONE)).toMatchObject({ status: 'Completed' });
    const { session } = await world.dispatch.communications.read(WORKSPACE, ONE);
    expect(session.flatMap(({ personal }) => (personal as { readonly text?: string }).text ?? [])).toContain('I paid');
    await world.tell({ ...concluded, echo: ONE, providerMessageId: 'twin.1', transcript });
    expect(await world.inbox.counts(CHANNEL)).toMatchObject({ received: 1, repeated: 1 });
    expect(await facts(TWO)).toMatchObject({ status: 'Started' });
    await passTo('2026-03-02T09:08:00.000Z');
    expect(questions.filter((id) => id === TWO)).toHaveLength(1 + 1);
    await passTo('2026-03-02T10:00:00.000Z');
    expect(await facts(TWO)).toMatchObject({ status: 'NoResponse' });
  });

  describe('a webhook that is about another number than that of its address', () => {
    const SECOND = derivedId('second channel');
    const message = { about: 'message', providerMessageId: 'in.1', address: ADDRESS, text: 'hello' } as const;

    async function withSecond(encryptedSecrets = channelOf().encryptedSecrets): Promise<void> {
      const channel = { ...channelOf({ phoneNumberId: '654321' }), id: SECOND, encryptedSecrets };
      const saved = workspaceEvents(channel).filter(({ type }) => type === 'ChannelSaved');
      await world.append(
        streamName('workspace', WORKSPACE),
        saved.map((event) => ({ ...event, id: derivedId('second channel saved') })),
      );
      await world.consume();
    }

    async function told(phoneNumberId: string): Promise<readonly (readonly [string, number])[]> {
      await world.tell({ ...message, phoneNumberId });
      const counts = await Promise.all([CHANNEL, SECOND].map((id) => world.inbox.counts(id)));
      return [CHANNEL, SECOND].map((id, index) => [id, counts[index]?.waiting ?? 0]);
    }

    it('goes to the channel of the workspace with that number', async () => {
      await withSecond();
      expect(await told('123456')).toEqual([
        [CHANNEL, 1],
        [SECOND, 0],
      ]);
      expect(await told('654321')).toEqual([
        [CHANNEL, 1],
        [SECOND, 1],
      ]);
    });

    it('goes nowhere when there is none, or none with the secret of the request, and is reported', async () => {
      await withSecond({});
      for (const number of ['999999', '654321']) {
        expect(await told(number)).toEqual([
          [CHANNEL, 0],
          [SECOND, 0],
        ]);
      }
      expect(world.faults).toEqual([{ what: 'webhook about no channel of the workspace', id: CHANNEL }]);
    });
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
    expect(own.map(({ type }) => type)).toEqual(['MessageReceived', 'MessageReceived', 'SessionClosed']);
  });
});
