import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, streamName, type StoredEvent } from '@poinciana/event-sourcing';
import { sessionIdOf } from '../src/domain/communication-decider.js';
import { DispatchWorld } from './dispatch-world.js';
import { CAMPAIGN, CHANNEL, CUSTOMER, flowRun, participantCreated, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const ONE = derivedId('communication', 1);
const ADDRESS = '491510000001';
const STRANGER = '491510000099';
const USER = { workspace: WORKSPACE, subject: 'eva', causation: derivedId('request', 1) };

describe('conversations', () => {
  let world: DispatchWorld;
  let said = 0;

  beforeEach(async () => {
    world = new DispatchWorld();
    said = 0;
    await world.begin();
    await world.append(streamName('participant', ADA), [participantCreated(ADA, { phone: `+${ADDRESS}` })]);
    await world.consume();
  });

  async function write(text: string, address = ADDRESS): Promise<void> {
    said += 1;
    await world.tell({ about: 'message', providerMessageId: `in.${said}`, address, text });
    await world.work();
    await world.consume();
  }

  async function inbound(): Promise<readonly (readonly string[])[]> {
    const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
    const sessions = new Map<string, string[]>();
    for (const { stream, type } of log.filter(isInbound)) sessions.set(stream, [...(sessions.get(stream) ?? []), type]);
    return [...sessions.values()];
  }

  function isInbound({ data }: StoredEvent): boolean {
    return (data as { readonly session?: { readonly direction: string } }).session?.direction === 'inbound';
  }

  async function firstInbound(): Promise<string> {
    const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
    const first = log.find(isInbound);
    return first === undefined ? '' : (first.data as { readonly session: { readonly id: string } }).session.id;
  }

  it('fires Incoming Session once for whom the address belongs to, whatever else is said (A16, A17)', async () => {
    await write('hello');
    await write('a question');
    expect(await inbound()).toEqual([
      ['MessageReceived', 'IncomingSessionStarted', 'MessageReceived', 'MessageSent', 'MessageAccepted'],
    ]);
    const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
    expect(log.find(({ type }) => type === 'IncomingSessionStarted')).toMatchObject({
      key: ADA,
      hop: 0,
      data: { participantId: ADA, campaignId: CAMPAIGN },
    });
  });

  it('keeps what an unknown person says as a session without a participant, and fires nothing (A17)', async () => {
    await write('hello', STRANGER);
    expect(await inbound()).toEqual([['MessageReceived']]);
    expect(world.faults).toEqual([]);
  });

  it('closes by the agent with its results; who writes again begins another session', async () => {
    await write('I have paid');
    await write('hello');
    expect(await inbound()).toEqual([
      ['MessageReceived', 'MessageSent', 'SessionClosed', 'MessageAccepted', 'IncomingSessionStarted'],
      ['MessageReceived', 'IncomingSessionStarted'],
    ]);
    const { events } = await world.dispatch.conversations.history.read(WORKSPACE, await firstInbound());
    expect(events.find(({ type }) => type === 'SessionClosed')).toMatchObject({
      data: { reason: 'agent' },
      personal: { results: { paid: true } },
    });
  });

  it('closes by its duration once nobody said anything for long, not before', async () => {
    await write('hello');
    world.setClock('2026-03-01T12:59:00.000Z');
    await write('still there');
    world.setClock('2026-03-01T13:58:59.000Z');
    await world.work();
    expect((await inbound())[0]).not.toContain('SessionClosed');
    world.setClock('2026-03-01T13:59:00.000Z');
    world.wait(60_000);
    await world.work();
    expect((await inbound())[0]?.at(-1)).toBe('SessionClosed');
  });

  it('lets a user take part, once a request, and end it; not one of another workspace', async () => {
    await write('hello');
    const sessionId = await firstInbound();
    const elsewhere = { ...USER, workspace: CUSTOMER, sessionId };
    await expect(world.dispatch.conversations.saying.say(elsewhere, 'Hi')).rejects.toMatchObject({
      code: 'session_not_found',
    });
    await world.dispatch.conversations.saying.say({ ...USER, sessionId }, 'This is Eva');
    const { events } = await world.dispatch.conversations.saying.say({ ...USER, sessionId }, 'This is Eva');
    expect(events.slice(-2).map(({ type, actor }) => [type, actor])).toEqual([
      ['MessageSent', 'user:eva'],
      ['MessageAccepted', 'service:communication-dispatch'],
    ]);
    expect(world.channel.accepted.filter(({ content }) => content.type === 'text')).toHaveLength(1);
    await world.dispatch.conversations.saying.close({ ...USER, sessionId });
    const again = { ...USER, sessionId, causation: derivedId('request', 2) };
    await expect(world.dispatch.conversations.saying.say(again, 'Hi')).rejects.toMatchObject({
      code: 'session_closed',
    });
  });

  it('lets no user write in the session of a canceled communication, though it is not closed yet', async () => {
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }])]);
    await world.consume();
    world.setClock('2026-03-02T09:00:00.000Z');
    await world.work();
    await world.consume();
    const request = { ...USER, sessionId: sessionIdOf(ONE) };
    const { saying } = world.dispatch.conversations;
    await saying.say(request, 'This is Eva');
    expect(world.channel.accepted).toHaveLength(2);
    await world.dispatch.cancellations.many({ ...USER, communicationIds: [ONE] });
    const again = { ...request, causation: derivedId('request', 2) };
    await expect(saying.say(again, 'Are you there?')).rejects.toMatchObject({ code: 'session_closed' });
    await saying.say(request, 'This is Eva');
    expect(world.channel.accepted).toHaveLength(2);
  });

  it('says of a message what the provider said', async () => {
    await write('hello');
    const sessionId = await firstInbound();
    world.channel.script(ADDRESS, { outcome: 'refused', code: 'message_refused', providerCode: '131047' });
    const { events } = await world.dispatch.conversations.saying.say({ ...USER, sessionId }, 'Hi');
    expect(events.at(-1)).toMatchObject({
      type: 'MessageFailed',
      data: { code: 'message_refused', providerCode: '131047' },
    });
  });

  describe('an answer of the agent of which nobody learns whether it went out', () => {
    const heard = (): number => world.channel.accepted.filter(({ content }) => content.type === 'text').length;
    const unheard = { outcome: 'acceptedUnheard' } as const;

    async function begin(settings: Readonly<Record<string, string>>): Promise<void> {
      world = new DispatchWorld();
      await world.begin(settings);
      await world.consume();
    }

    /** What became of it in the end, three waits later. */
    async function outcome(): Promise<StoredEvent | undefined> {
      for (const time of ['12:10', '12:20', '12:30', '12:40']) {
        world.setClock(`2026-03-01T${time}:00.000Z`);
        world.wait(60_000);
        await world.work();
      }
      const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
      const outcomes = log.filter(({ type }) => type === 'MessageAccepted' || type === 'MessageFailed');
      expect(outcomes).toHaveLength(1);
      return outcomes[0];
    }

    it.each([{}, { unknownOutcomes: 'never_twice' }])('is not sent again: %j', async (settings) => {
      await begin(settings);
      world.channel.script(STRANGER, unheard);
      await write('a question', STRANGER);
      expect(await outcome()).toMatchObject({ type: 'MessageFailed', data: { code: 'outcome_unknown' } });
      expect(heard()).toBe(1);
    });

    it('is sent again where the channel says at_least_once', async () => {
      await begin({ unknownOutcomes: 'at_least_once' });
      world.channel.script(STRANGER, unheard);
      await write('a question', STRANGER);
      expect(await outcome()).toMatchObject({ type: 'MessageAccepted' });
      expect(heard()).toBe(2);
    });

    it('is given up there too after three times, and a refusal of the second says nothing of the first', async () => {
      await begin({ unknownOutcomes: 'at_least_once' });
      world.channel.script(STRANGER, unheard, unheard, unheard);
      await write('a question', STRANGER);
      expect(await outcome()).toMatchObject({ type: 'MessageFailed', data: { code: 'outcome_unknown' } });
      expect(heard()).toBe(3);
      await begin({ unknownOutcomes: 'at_least_once' });
      world.channel.script(STRANGER, unheard, { outcome: 'refused', code: 'message_refused' });
      await write('a question', STRANGER);
      expect(await outcome()).toMatchObject({ type: 'MessageFailed', data: { code: 'outcome_unknown' } });
      expect(heard()).toBe(1);
    });

    it('is left to the user where a user said it', async () => {
      await begin({ unknownOutcomes: 'at_least_once' });
      await write('hello', STRANGER);
      world.channel.script(STRANGER, unheard);
      await world.dispatch.conversations.saying.say({ ...USER, sessionId: await firstInbound() }, 'Hi');
      expect(await outcome()).toMatchObject({ type: 'MessageFailed', data: { code: 'outcome_unknown' } });
      expect(heard()).toBe(1);
    });
  });

  it('tries a channel with one message, in a session that is closed at once', async () => {
    const content = { type: 'text', text: 'Is anybody there?' } as const;
    const asked = { ...USER, channelId: CHANNEL, address: STRANGER, content };
    await expect(world.dispatch.conversations.trials.send({ ...asked, workspace: CUSTOMER })).rejects.toMatchObject({
      code: 'channel_not_found',
    });
    await world.dispatch.conversations.trials.send(asked);
    const { events } = await world.dispatch.conversations.trials.send(asked);
    expect(events.map(({ type }) => type)).toEqual(['MessageSent', 'MessageAccepted', 'SessionClosed']);
    expect(world.channel.accepted).toHaveLength(1);
  });

  it('plans what failed anew, once, and shows both to the participant’s own workspace', async () => {
    world.channel.script(ADDRESS, { outcome: 'refused', code: 'mailbox_full' });
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }])]);
    await world.consume();
    world.setClock('2026-03-02T09:00:00.000Z');
    await world.work();
    await world.consume();
    const { retries, ofParticipants } = world.dispatch;
    expect([...(await retries.preview(WORKSPACE, CAMPAIGN))]).toEqual([['mailbox_full', 1]]);
    expect([...(await retries.preview(CUSTOMER, CAMPAIGN))]).toEqual([]);
    const asked = { ...USER, campaignId: CAMPAIGN, codes: ['mailbox_full'] };
    expect(await retries.retry({ ...asked, workspace: CUSTOMER })).toEqual({ planned: 0, passedOver: 0, left: 0 });
    expect(await retries.retry(asked)).toEqual({ planned: 1, passedOver: 0, left: 0 });
    expect(await retries.retry(asked)).toEqual({ planned: 0, passedOver: 0, left: 0 });
    await world.work();
    await world.consume();
    const all = await ofParticipants.of(WORKSPACE, ADA);
    expect(all.map(({ facts }) => facts.status)).toEqual(['Started', 'Failed']);
    expect(await ofParticipants.of(CUSTOMER, ADA)).toEqual([]);
    expect(await ofParticipants.open(WORKSPACE, ADA)).toEqual([all[0]?.facts.id]);
    expect(world.channel.accepted).toHaveLength(1);
  });
});
