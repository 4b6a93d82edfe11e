import { expect, it } from '@jest/globals';
import type { StoredEvent } from '@poinciana/event-sourcing';
import {
  CAMPAIGN,
  idOf,
  instantAt,
  OTHER_CAMPAIGN,
  OTHER_WORKSPACE,
  SpecLog,
  WORKSPACE,
} from '../../../test/stored-events.js';
import { eachViewStore, type ViewStore } from '../../../test/view-stores.js';
import { sessionChanges } from './session-changes.js';
import type { SessionQuery } from './session-view.js';

const [FIRST, SECOND, STRANGE] = [idOf('first session'), idOf('second session'), idOf('strange session')];
const ALL: SessionQuery = { workspace: WORKSPACE, direction: 'asc', limit: 10 };

/** Anna's conversation, an incoming one that concerns two participants, and one of somebody else's workspace. */
function conversations(): readonly StoredEvent[] {
  const log = new SpecLog();
  const facts = { channelId: idOf('channel'), channelType: 'whatsapp', agentId: idOf('agent') };
  const anna = {
    ...facts,
    id: FIRST,
    direction: 'outbound',
    communicationId: idOf('c'),
    participantId: idOf('anna'),
    customerId: idOf('customer'),
    campaignId: CAMPAIGN,
  };
  const say = (session: { readonly id: string }, type: string, text: string, workspace = WORKSPACE) =>
    log.append(`session-${session.id}`, {
      type,
      data: { session, messageId: idOf(text) },
      personal: { address: '34600', text },
      workspace,
    });
  log.append(`session-${FIRST}`, { type: 'SessionOpened', data: { session: anna }, personal: { address: '34600' } });
  say(anna, 'MessageSent', 'Your payment is due');
  say(anna, 'MessageReceived', 'I will pay TOMORROW, promised');
  log.append(`session-${FIRST}`, {
    type: 'SessionClosed',
    data: { session: anna, reason: 'agent' },
    personal: { address: '34600', results: { result: 'promised' } },
  });
  const incoming = {
    ...facts,
    id: SECOND,
    channelType: 'telegram',
    agentId: idOf('other agent'),
    direction: 'inbound',
  };
  log.append(`session-${SECOND}`, { type: 'SessionOpened', data: { session: incoming }, personal: { address: 'ben' } });
  for (const [person, campaignId] of [
    ['ben', CAMPAIGN],
    ['ben elsewhere', OTHER_CAMPAIGN],
  ] as const)
    log.append(`session-${SECOND}`, {
      type: 'IncomingSessionStarted',
      data: { session: incoming, participantId: idOf(person), campaignId },
    });
  say(incoming, 'MessageReceived', 'Hello, stop it');
  say({ ...anna, id: STRANGE }, 'MessageSent', 'promised TOMORROW', OTHER_WORKSPACE);
  return log.events;
}

async function project<Transaction>(store: ViewStore<Transaction>, events: readonly StoredEvent[]): Promise<void> {
  await store.commit(store.sessions.write(sessionChanges(events)));
}

async function found<Transaction>(
  store: ViewStore<Transaction>,
  query: Partial<SessionQuery>,
): Promise<readonly string[]> {
  const { lines, total } = await store.sessions.list({ ...ALL, ...query });
  expect(total).toBe(lines.length);
  return lines.map(({ id }) => id);
}

eachViewStore('the sessions', (store) => {
  it('are the same whatever the batches and their order, and whatever comes again', async () => {
    const events = conversations();
    for (const event of events.toReversed()) await project(store(), [event]);
    await project(store(), events);
    expect(await store().sessions.find(WORKSPACE, FIRST)).toEqual({
      id: FIRST,
      channelId: idOf('channel'),
      channelType: 'whatsapp',
      agentId: idOf('agent'),
      direction: 'outbound',
      communicationId: idOf('c'),
      participantId: idOf('anna'),
      customerId: idOf('customer'),
      campaignId: CAMPAIGN,
      openedAt: instantAt(1),
      lastAt: instantAt(4),
      closedAt: instantAt(4),
      closeReason: 'agent',
      results: { result: 'promised' },
    });
    expect(await store().sessions.messages(WORKSPACE, FIRST)).toEqual([
      { at: instantAt(2), direction: 'sent', text: 'Your payment is due' },
      { at: instantAt(3), direction: 'received', text: 'I will pay TOMORROW, promised' },
    ]);
  });

  it.each<[Partial<SessionQuery>, readonly string[]]>([
    [{}, [FIRST, SECOND]],
    [{ agentId: idOf('agent') }, [FIRST]],
    [{ channelType: 'telegram' }, [SECOND]],
    [{ channelId: idOf('channel') }, [FIRST, SECOND]],
    [{ campaignId: CAMPAIGN }, [FIRST, SECOND]],
    [{ campaignId: OTHER_CAMPAIGN }, [SECOND]],
    [{ participantId: idOf('ben') }, [SECOND]],
    [{ openedFrom: instantAt(2) }, [SECOND]],
    [{ openedBefore: instantAt(2) }, [FIRST]],
    [{ text: 'tomorrow promised' }, [FIRST]],
    [{ text: 'tomorrow hello' }, []],
    [{ text: 'payment', channelType: 'telegram' }, []],
    [{ workspace: OTHER_WORKSPACE }, [STRANGE]],
    [{ workspace: OTHER_WORKSPACE, text: 'hello' }, []],
  ])('%j', async (query, ids) => {
    await project(store(), conversations());
    expect(await found(store(), query)).toEqual(ids);
  });

  it('of no agent say so', async () => {
    const log = new SpecLog();
    const trial = { id: FIRST, channelId: idOf('channel'), channelType: 'email', agentId: '', direction: 'outbound' };
    log.append(`session-${FIRST}`, { type: 'SessionOpened', data: { session: trial }, personal: { address: 'ben' } });
    await project(store(), log.events);
    expect(await store().sessions.find(WORKSPACE, FIRST)).toMatchObject({ agentId: null });
  });

  it('that somebody began herself are those that concern her', async () => {
    await project(store(), conversations());
    expect(await store().sessions.incomingOf(WORKSPACE, idOf('ben'), 10)).toEqual([SECOND]);
    expect(await store().sessions.incomingOf(WORKSPACE, idOf('anna'), 10)).toEqual([]);
    expect(await store().sessions.incomingOf(OTHER_WORKSPACE, idOf('ben'), 10)).toEqual([]);
  });

  it('are nothing to another workspace', async () => {
    await project(store(), conversations());
    expect(await store().sessions.find(OTHER_WORKSPACE, FIRST)).toBeUndefined();
    expect(await store().sessions.messages(OTHER_WORKSPACE, FIRST)).toEqual([]);
  });

  it('lose what was said with an erasure, and what comes late has nothing', async () => {
    const log = new SpecLog();
    await project(store(), conversations());
    await project(store(), [
      log.append(`customer-${idOf('customer')}`, { type: 'CustomerErased', data: { customerId: idOf('customer') } }),
    ]);
    expect(await store().sessions.find(WORKSPACE, FIRST)).toMatchObject({ results: null, closeReason: 'agent' });
    expect((await store().sessions.messages(WORKSPACE, FIRST)).map(({ text }) => text)).toEqual(['', '']);
    expect(await found(store(), { text: 'tomorrow' })).toEqual([]);
    expect(await store().sessions.messages(WORKSPACE, SECOND)).toHaveLength(1);
  });

  it('lose what was on its way while somebody was erased', async () => {
    const log = new SpecLog();
    const session = { id: SECOND, channelId: '', channelType: '', agentId: '', direction: '' };
    await project(store(), [
      log.append(`customer-${idOf('customer')}`, { type: 'CustomerErased', data: { customerId: idOf('customer') } }),
      log.append(`session-${SECOND}`, { type: 'SessionErased', data: { session } }),
    ]);
    await project(store(), conversations());
    expect(await store().sessions.find(WORKSPACE, FIRST)).toMatchObject({ results: null, closeReason: 'agent' });
    for (const id of [FIRST, SECOND])
      for (const { text } of await store().sessions.messages(WORKSPACE, id)) expect(text).toBe('');
    expect(await found(store(), { text: 'tomorrow' })).toEqual([]);
  });

  it('that somebody began herself lose what was said when they are erased, and no others do', async () => {
    const log = new SpecLog();
    const session = {
      id: SECOND,
      channelId: idOf('channel'),
      channelType: 'telegram',
      agentId: '',
      direction: 'inbound',
    };
    await project(store(), conversations());
    await project(store(), [log.append(`session-${SECOND}`, { type: 'SessionErased', data: { session } })]);
    expect((await store().sessions.messages(WORKSPACE, SECOND)).map(({ text }) => text)).toEqual(['']);
    expect(await found(store(), { text: 'hello' })).toEqual([]);
    expect(await found(store(), { text: 'payment' })).toEqual([FIRST]);
  });
});
