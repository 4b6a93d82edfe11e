import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, readStream, streamName } from '@poinciana/event-sourcing';
import { communicationOf } from '../src/domain/communication.js';
import { DispatchWorld } from './dispatch-world.js';
import { AGENT, CHANNEL, CUSTOMER, envelope, flowRun, participantDeleted, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const ONE = derivedId('communication', 1);
const TWO = derivedId('communication', 2);
const ADDRESS = '491510000001';
const DUE = '2026-03-02T09:00:00.000Z';

describe('dispatch', () => {
  let world: DispatchWorld;

  async function plan(...plans: Parameters<typeof flowRun>[2]): Promise<void> {
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, plans)]);
    await world.consume();
  }

  async function startedAt(instant: string): Promise<void> {
    await plan({ id: ONE, address: ADDRESS });
    world.setClock(instant);
    await world.work();
    await world.consume();
  }

  async function lastFacts(id: string) {
    const events = await world.communication(id);
    return communicationOf(events.at(-1))?.facts;
  }

  beforeEach(async () => {
    world = new DispatchWorld();
    await world.begin();
    await world.consume();
  });

  it('plans, stores the intent, sends once, and opens the session', async () => {
    await plan({ id: ONE, address: ADDRESS });
    await world.work();
    expect(await world.types(ONE)).toEqual(['CommunicationPlanned']);
    world.setClock(DUE);
    await world.work();
    await world.consume();
    expect(await world.types(ONE)).toEqual(['CommunicationPlanned', 'DispatchRequested', 'CommunicationStarted']);
    expect(world.channel.accepted).toHaveLength(1);
    expect(world.channel.accepted[0]).toMatchObject({
      address: ADDRESS,
      echo: ONE,
      content: {
        type: 'template',
        name: 'payment_reminder',
        values: [{ text: 'Ada' }, { text: '10' }, { text: 'Monday' }],
      },
    });
    const { session } = await world.dispatch.communications.read(WORKSPACE, ONE);
    expect(session.map(({ type }) => type)).toEqual(['MessageSent']);
    expect(session[0]?.personal).toEqual({ address: ADDRESS, text: 'Hello Ada, your payment of 10 is due on Monday.' });
  });

  it('ends a plan with a reason not to send at once, and never looks at it again (A8)', async () => {
    await plan({ id: ONE, address: '', skipCode: 'no_address' });
    expect(await world.types(ONE)).toEqual(['CommunicationPlanned', 'CommunicationEnded']);
    expect(await world.timers.nextDueAt()).toBeUndefined();
  });

  it('cancels what a run asks for, and what a deleted participant leaves, silently (A19, A20)', async () => {
    await plan({ id: ONE, address: ADDRESS }, { id: TWO, address: ADDRESS });
    await world.append(streamName('flow-runs', ADA), [
      flowRun(ADA, 1, [
        { id: ONE, address: ADDRESS },
        { id: TWO, address: ADDRESS },
      ]),
      flowRun(ADA, 2, [], [ONE]),
    ]);
    await world.append(streamName('participant', ADA), [participantDeleted(ADA)]);
    await world.consume();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Canceled', code: 'canceled_by_flow', silent: false });
    expect(await lastFacts(TWO)).toMatchObject({ status: 'Canceled', code: 'participant_deleted', silent: true });
  });

  it('keeps nothing personal of a participant whose customer was erased: not of what ended, is open, or is told later', async () => {
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }])]);
    await world.consume();
    world.setClock('2026-03-02T09:00:00.000Z');
    await world.work();
    await world.consume();
    expect(JSON.stringify(await world.communication(ONE))).toContain(ADDRESS);
    await world.append(streamName('participant', ADA), [participantDeleted(ADA, true)]);
    await world.consume();
    await world.consume();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Canceled', code: 'participant_deleted', silent: true });
    const { session } = await world.dispatch.communications.read(WORKSPACE, ONE);
    expect(session.slice(-2).map(({ type }) => type)).toEqual(['SessionClosed', 'SessionErased']);
    expect(JSON.stringify([session, await world.communication(ONE)])).not.toContain(ADDRESS);
    expect(JSON.stringify(session)).not.toContain('Hello Ada');
  });

  it('skips what misses its window while it is held back by the channel ([C]4)', async () => {
    await plan({ id: ONE, address: ADDRESS });
    world.setClock('2026-03-02T18:00:00.000Z');
    await world.work();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Skipped', code: 'window_missed' });
    expect(world.channel.accepted).toHaveLength(0);
  });

  it('sends and skips nothing while stopped; Start sends what is inside its window and skips the rest at its instant (A9)', async () => {
    await plan({ id: ONE, address: ADDRESS }, { id: TWO, address: ADDRESS, windowEnd: '2026-03-02T22:00:00.000Z' });
    await world.campaign('CampaignStopped', { status: 'Inactive' });
    world.setClock('2026-03-02T20:00:00.000Z');
    await world.work();
    await world.consume();
    await world.work();
    expect([await world.types(ONE), await world.types(TWO)]).toEqual([
      ['CommunicationPlanned'],
      ['CommunicationPlanned'],
    ]);
    await world.startCampaign();
    await world.consume();
    world.wait(10_000);
    world.setClock('2026-03-02T20:30:00.000Z');
    await world.work();
    expect(await lastFacts(ONE)).toMatchObject({
      status: 'Skipped',
      code: 'window_missed',
      endedAt: '2026-03-02T20:00:00.000Z',
    });
    expect(await lastFacts(TWO)).toMatchObject({ status: 'Started' });
  });

  it('plans what the pause made late for the next window when Start was answered so (A9)', async () => {
    await plan({ id: ONE, address: ADDRESS });
    await world.campaign('CampaignStopped', { status: 'Inactive' });
    world.setClock('2026-03-02T20:00:00.000Z');
    await world.startCampaign('replan');
    await world.consume();
    await world.work();
    expect(await world.types(ONE)).toEqual(['CommunicationPlanned', 'CommunicationReplanned']);
    world.setClock('2026-03-03T09:00:00.000Z');
    await world.work();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Started', windowEnd: '2026-03-03T18:00:00.000Z' });
  });

  it('lets durations run on while stopped (A63), and cancels everything of a deleted campaign', async () => {
    await startedAt(DUE);
    await world.append(streamName('flow-runs', ADA), [
      flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }]),
      flowRun(ADA, 2, [{ id: TWO, address: ADDRESS }]),
    ]);
    await world.campaign('CampaignStopped', { status: 'Inactive' });
    await world.consume();
    world.setClock('2026-03-02T10:00:00.000Z');
    await world.work();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'NoResponse' });
    await world.campaign('CampaignDeleted', { status: 'Inactive' });
    await world.consume();
    world.wait(10_000);
    await world.work();
    expect(await lastFacts(TWO)).toMatchObject({ status: 'Canceled', code: 'campaign_deleted' });
  });

  it('tries again when the provider says so, inside the window, with the attempt counted', async () => {
    world.channel.script(ADDRESS, {
      outcome: 'delayed',
      code: 'rate_limited',
      scope: 'person',
      providerCode: '131056',
      retryAfterMs: 6_000,
    });
    await startedAt(DUE);
    expect(await lastFacts(ONE)).toMatchObject({
      status: 'Planned',
      dispatch: 'delayed',
      code: 'rate_limited',
      retryAt: '2026-03-02T09:00:06.000Z',
    });
    world.setClock('2026-03-02T09:00:06.000Z');
    await world.work();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Started', attempts: 2 });
  });

  it('fails at once what the provider refuses for good', async () => {
    world.channel.script(ADDRESS, { outcome: 'refused', code: 'recipient_unreachable', providerCode: '131026' });
    await startedAt(DUE);
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Failed', code: 'recipient_unreachable' });
    expect((await world.communication(ONE)).at(-1)?.data).toMatchObject({ providerCode: '131026' });
  });

  it('fails at once what nobody would talk about: its agent is gone (A49)', async () => {
    await world.append(streamName('workspace', WORKSPACE), [
      envelope(derivedId('agent deleted'), WORKSPACE, 'AgentDeleted', { agentId: AGENT }),
    ]);
    await startedAt(DUE);
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Failed', code: 'agent_failed' });
    expect((await world.communication(ONE)).at(-1)?.data).toMatchObject({ providerCode: 'agent_not_known' });
    expect(world.channel.accepted).toEqual([]);
  });

  it('never sends an unknown outcome again: an echo proves it, else it ends as outcome_unknown', async () => {
    world.channel.script(ADDRESS, { outcome: 'acceptedUnheard' });
    world.channel.script('491510000002', { outcome: 'unknown', providerCode: 'und_err_socket' });
    await plan({ id: ONE, address: ADDRESS }, { id: TWO, address: '491510000002' });
    world.setClock(DUE);
    await world.work();
    await world.tell({ about: 'status', status: 'delivered', providerMessageId: 'twin.1', echo: ONE });
    world.setClock('2026-03-02T09:10:00.000Z');
    await world.work();
    expect((await world.types(TWO)).at(-1)).toBe('DispatchDelayed');
    world.wait(1_000);
    await world.work();
    expect(await world.types(ONE)).toEqual([
      'CommunicationPlanned',
      'DispatchRequested',
      'DispatchDelayed',
      'CommunicationStarted',
      'CommunicationDelivered',
    ]);
    expect(await lastFacts(TWO)).toMatchObject({ status: 'Failed', code: 'outcome_unknown', attempts: 1 });
    expect(world.channel.acceptedTimes(ONE)).toBe(1);
  });

  it('takes a reply, asks the agent, sends its answer, and ends with the declared results (A16, A71)', async () => {
    await startedAt(DUE);
    await world.tell({ about: 'message', providerMessageId: 'in.1', address: ADDRESS, text: 'I have PAID it' });
    await world.work();
    await world.consume();
    expect(await world.types(ONE)).toEqual([
      'CommunicationPlanned',
      'DispatchRequested',
      'CommunicationStarted',
      'CommunicationReplied',
      'CommunicationEnded',
    ]);
    const last = (await world.communication(ONE)).at(-1);
    expect(last).toMatchObject({
      hop: 0,
      data: { communication: { status: 'Completed' } },
      personal: { results: { paid: true } },
    });
    const { session } = await world.dispatch.communications.read(WORKSPACE, ONE);
    expect(session.map(({ type }) => type)).toEqual([
      'MessageSent',
      'MessageReceived',
      'MessageSent',
      'MessageAccepted',
      'SessionClosed',
    ]);
    expect(world.channel.accepted.at(-1)).toMatchObject({ content: { type: 'text', text: 'Thank you' } });
  });

  it('tells results while the conversation goes on, once each, and ends with them ([W]3)', async () => {
    await startedAt(DUE);
    for (const [id, text] of [
      ['in.1', 'I pay tomorrow'],
      ['in.2', 'really, tomorrow'],
    ] as const)
      await world.tell({ about: 'message', providerMessageId: id, address: ADDRESS, text });
    await world.work();
    await world.consume();
    expect((await world.types(ONE)).slice(3)).toEqual(['CommunicationReplied', 'CommunicationResultsChanged']);
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Replied' });
    world.setClock('2026-03-02T10:00:00.000Z');
    await world.work();
    expect((await world.communication(ONE)).at(-1)).toMatchObject({
      type: 'CommunicationEnded',
      data: { communication: { status: 'Completed' } },
      personal: { results: { paid: false } },
    });
  });

  it('gives a message that is no reply to an inbound session, and fires nothing on the ended communication (A16)', async () => {
    await startedAt(DUE);
    world.setClock('2026-03-02T10:00:00.000Z');
    await world.work();
    await world.tell({ about: 'message', providerMessageId: 'in.2', address: ADDRESS, text: 'too late' });
    await world.work();
    expect((await world.types(ONE)).at(-1)).toBe('CommunicationEnded');
    const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
    const received = log.find(({ type }) => type === 'MessageReceived');
    expect(received).toMatchObject({ data: { session: { direction: 'inbound' } }, personal: { text: 'too late' } });
  });

  it('keeps a reply until it is known whether the message before it was sent, and then gives it its place', async () => {
    world.channel.script(ADDRESS, { outcome: 'acceptedUnheard' });
    await startedAt(DUE);
    await world.tell({ about: 'message', providerMessageId: 'in.3', address: ADDRESS, text: 'a question' });
    await world.work();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Planned', dispatch: 'unknown' });
    await world.tell({ about: 'status', status: 'sent', providerMessageId: 'twin.1', echo: ONE });
    await world.work();
    world.wait(1_000);
    await world.work();
    expect((await world.types(ONE)).slice(3)).toEqual(['CommunicationStarted', 'CommunicationReplied']);
  });

  it('gives up an unknown outcome though a reply waits for it, which is inbound then', async () => {
    world.channel.script(ADDRESS, { outcome: 'unknown' });
    await startedAt(DUE);
    await world.tell({ about: 'message', providerMessageId: 'in.4', address: ADDRESS, text: 'a question' });
    world.setClock('2026-03-02T09:10:00.000Z');
    await world.work();
    world.wait(1_000);
    await world.work();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Failed', code: 'outcome_unknown' });
    expect((await world.inbox.counts(CHANNEL)).waiting).toBe(0);
  });

  it('drops what is told again, survives any order, and records what nobody knows', async () => {
    await startedAt(DUE);
    const [read, delivered] = (['read', 'delivered'] as const).map((status) => ({
      about: 'status',
      status,
      providerMessageId: 'twin.1',
      echo: ONE,
    }));
    await world.tell(read as object, delivered as object, read as object);
    await world.tell({ about: 'status', status: 'read', providerMessageId: 'nobody', echo: TWO });
    await world.work();
    await world.tell(read as object);
    await world.work();
    expect((await world.types(ONE)).slice(3)).toEqual(['CommunicationRead', 'SignalNoted']);
    const health = await world.dispatch.health.report(WORKSPACE, CHANNEL);
    expect(health.webhooks).toEqual({ received: 3, repeated: 2, waiting: 0, unknown: 1, forged: 0 });
    expect(health.sends).toEqual({ accepted: 1, failed: 0, unknown: 0, delayed: 0 });
  });

  it('refuses forged webhooks and counts them', async () => {
    const body = Buffer.from('[]');
    expect(await world.dispatch.webhooks.store('whatsapp', CHANNEL, { headers: {}, body, atMs: 0 })).toBe('forged');
    expect(await world.dispatch.webhooks.store('whatsapp', CUSTOMER, { headers: {}, body, atMs: 0 })).toBe(
      'unknown_channel',
    );
    expect((await world.dispatch.health.report(WORKSPACE, CHANNEL)).webhooks.forged).toBe(1);
  });

  it('shows and cancels a communication only to its own workspace', async () => {
    await plan({ id: ONE, address: ADDRESS });
    await expect(world.dispatch.communications.read(CUSTOMER, ONE)).rejects.toMatchObject({
      code: 'communication_not_found',
    });
    await expect(world.dispatch.health.report(CUSTOMER, CHANNEL)).rejects.toMatchObject({ code: 'channel_not_found' });
    const asked = { communicationId: ONE, subject: 'eva', causation: CUSTOMER };
    await expect(world.dispatch.cancellations.one({ ...asked, workspace: CUSTOMER })).rejects.toMatchObject({
      code: 'communication_not_found',
    });
    await world.dispatch.cancellations.one({ ...asked, workspace: WORKSPACE });
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Canceled', code: 'canceled_by_user' });
    expect(await world.timers.nextDueAt()).toBeUndefined();
  });

  it('holds back what the limit does not allow, and sends it when it does', async () => {
    world = new DispatchWorld(undefined, { whatsappMessagesPerSecond: 1 });
    await world.begin();
    await plan({ id: ONE, address: ADDRESS }, { id: TWO, address: '491510000002' });
    world.setClock(DUE);
    await world.work();
    expect(world.channel.accepted).toHaveLength(1);
    expect((await world.dispatch.health.report(WORKSPACE, CHANNEL)).heldBack.count).toBe(1);
    expect(world.faults).toEqual([]);
  });

  it('lets nothing of one batch stop the others', async () => {
    await plan({ id: ONE, address: ADDRESS }, { id: TWO, address: '491510000002' });
    expect((await readStream(world.store, streamName('communication', ONE))).length).toBe(1);
    world.setClock(DUE);
    world.channel.breakAt(ADDRESS);
    await world.work();
    expect(await lastFacts(TWO)).toMatchObject({ status: 'Started' });
    world.setClock('2026-03-02T09:10:00.000Z');
    world.wait(3_600_000);
    await world.work();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Failed', code: 'outcome_unknown' });
  });
});
