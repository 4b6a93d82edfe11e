import { beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, InMemoryEventStore, type StoredEvent } from '@poinciana/event-sourcing';
import { idOf, OTHER_WORKSPACE, SpecLog, WORKSPACE } from '../../../test/stored-events.js';
import { type Person, Story } from '../../../test/story.js';
import { contextOf, Definitions } from '../../definitions/definitions.js';
import { InMemoryTransaction } from '@poinciana/messaging';
import { InMemorySessionView } from '../sessions/in-memory-session-view.js';
import { sessionChanges } from '../sessions/session-changes.js';
import { ParticipantHistories, STREAM_EVENTS_MAX } from './participant-history.js';
import { timelineOf } from './timeline.js';
import type { Telling } from './told.js';
import { whyOf } from './why.js';
import { whyCommunicationNamed } from './why-communication.js';
import { whyText } from './why-text.js';
import { CAMPAIGN } from '../../../test/stored-events.js';

const ANNA: Person = {
  id: idOf('anna'),
  values: { name: 'Anna', phone: '34600111222', is_payment_received: false, due_date: '2026-12-24' },
};

let store: EventStore;
let story: Story;
let sessions: InMemorySessionView;
beforeEach(async () => {
  store = new InMemoryEventStore();
  sessions = new InMemorySessionView();
  story = new Story(store);
  await story.campaignDrawn();
});

async function told() {
  const definitions = new Definitions(store);
  const campaign = await definitions.campaign(WORKSPACE, CAMPAIGN);
  const workspace = await definitions.workspace(WORKSPACE);
  const zone = workspace.timeZone;
  const telling: Telling = { campaign, context: contextOf(campaign, workspace), zone, workspaceZone: zone };
  const history = await new ParticipantHistories(store, sessions).read(WORKSPACE, ANNA.id);
  return { history, telling };
}

async function appendAll({ events }: SpecLog): Promise<void> {
  for (const { stream, revision, position: _, ...event } of events)
    await store.append([{ stream, expectedRevision: revision - 1, events: [event] }]);
}

async function annaIsPlanned() {
  await story.campaignStarted();
  const run = await story.flowRan(ANNA, { type: 'participant-created', eventId: await story.participantCreated(ANNA) });
  return run;
}

describe('the history of a participant', () => {
  it('is nothing to another workspace, and nothing of somebody unknown', async () => {
    await annaIsPlanned();
    const histories = new ParticipantHistories(store, sessions);
    await expect(histories.read(OTHER_WORKSPACE, ANNA.id)).rejects.toMatchObject({ code: 'participant_not_found' });
    await expect(histories.read(WORKSPACE, idOf('nobody'))).rejects.toMatchObject({ code: 'participant_not_found' });
  });

  it('tells a plan that nothing was made of yet, and then when it will be sent', async () => {
    const run = await annaIsPlanned();
    const before = await told();
    expect(whyOf(before.history, before.telling).runs[0]?.communications).toMatchObject([
      { name: 'REMINDED_BEFORE_2D', status: 'Planned', history: [], because: expect.stringContaining('opens then') },
    ]);
    await story.communication(ANNA, run, 'CommunicationPlanned', { status: 'Planned' });
    const after = await told();
    expect(whyOf(after.history, after.telling).sentence).toBe(
      'Never contacted. Next: REMINDED_BEFORE_2D over WhatsApp, 22 Dec 2026, 09:00 (Europe/Madrid).',
    );
    expect(whyCommunicationNamed('REMINDED_BEFORE_2D', after.history, after.telling)).toMatchObject({
      answer: 'planned',
      sentence:
        'REMINDED_BEFORE_2D is planned for 22 Dec 2026, 09:00 (Europe/Madrid): the window 09:00–18:00 of 2026-12-22 opens then.',
    });
  });

  it('keeps its shape after an erasure, without anything about the person', async () => {
    const run = await annaIsPlanned();
    await story.communication(ANNA, run, 'CommunicationPlanned', { status: 'Planned' }, { address: '34600111222' });
    await story.message(idOf('session'), run.plans[0]?.communicationId ?? '', 'MessageReceived', 'I am Anna');
    const { communicationId = '' } = run.plans[0] ?? {};
    await store.redact([
      `participant-${ANNA.id}`,
      `flow-runs-${ANNA.id}`,
      `communication-${communicationId}`,
      `session-${idOf('session')}`,
    ]);
    const { history, telling } = await told();
    const why = whyOf(history, telling);
    expect(why.name).toBe(null);
    expect(why.runs[0]?.steps[1]?.sentence).toBe('Is Payment Received not set is equal to not set: Match');
    expect(whyText(why) + JSON.stringify(timelineOf(history, telling))).not.toMatch(/Anna|34600/);
  });

  it('tells a conversation that she began herself, and not that it concerns somebody else as well', async () => {
    await annaIsPlanned();
    const log = new SpecLog();
    const session = {
      id: idOf('incoming'),
      channelId: 'c',
      channelType: 'telegram',
      agentId: 'a',
      direction: 'inbound',
    };
    const stream = `session-${session.id}`;
    const message = { session, messageId: idOf('m') };
    log.append(stream, { type: 'MessageReceived', data: message, personal: { address: '34600', text: 'Call me' } });
    for (const participantId of [ANNA.id, idOf('ben')])
      log.append(stream, { type: 'IncomingSessionStarted', data: { session, participantId, campaignId: CAMPAIGN } });
    await appendAll(log);
    const transaction = new InMemoryTransaction();
    await sessions.write(sessionChanges(log.events))(transaction);
    transaction.commit();
    const { history, telling } = await told();
    const sentences = timelineOf(history, telling).map(({ sentence }) => sentence);
    expect(sentences.slice(0, 2)).toEqual([
      'She began a conversation on Telegram.',
      'A conversation on Telegram began. She wrote: Call me',
    ]);
    expect(sentences.filter((sentence) => sentence.startsWith('She began'))).toHaveLength(1);
  });

  it('tells that the campaign was never started', async () => {
    await story.participantCreated(ANNA);
    const { history, telling } = await told();
    expect(whyCommunicationNamed('REMINDED_BEFORE_2D', history, telling)).toMatchObject({
      answer: 'notTriggered',
      sentence: 'The campaign is not active, so no trigger fires.',
    });
  });

  it('leaves out what is too old, and says so', async () => {
    await story.participantCreated(ANNA);
    for (let number = 0; number < STREAM_EVENTS_MAX; number += 1)
      await story.participantUpdated(ANNA, { amount: number });
    const { history, telling } = await told();
    expect(history.events).toHaveLength(STREAM_EVENTS_MAX);
    expect(history.events.at(-1)?.revision).toBe(STREAM_EVENTS_MAX);
    expect(whyText(whyOf(history, telling))).toContain('Older events are left out.');
  });

  it('as of an instant is that of then, however much happened since', async () => {
    const histories = new ParticipantHistories(store, sessions);
    const log = new SpecLog();
    const daily = (number: number) =>
      new Date(Date.parse('2026-01-01T09:00:00.000Z') + number * 86_400_000).toISOString();
    const { id } = ANNA;
    log.participant('ParticipantCreated', { id }, { name: 'Anna' }, { time: daily(0) });
    for (let number = 1; number <= 2 * STREAM_EVENTS_MAX + 500; number += 1)
      log.participant('ParticipantUpdated', { id }, { name: `Anna ${number}` }, { time: daily(number) });
    await appendAll(log);
    const asOf = async (time: string) => {
      const { values, events, isCut } = await histories.read(WORKSPACE, id, time);
      return [values['name'], events.length, isCut];
    };
    expect(await asOf(daily(0))).toEqual(['Anna', 1, false]);
    expect(await asOf(daily(3))).toEqual(['Anna 3', 4, false]);
    expect(await asOf(daily(1_700))).toEqual(['Anna 1700', STREAM_EVENTS_MAX, true]);
    expect(await asOf(daily(1_000_000))).toEqual(['Anna 2500', STREAM_EVENTS_MAX, true]);
    await expect(asOf('2025-12-31T09:00:00.000Z')).rejects.toMatchObject({ code: 'participant_not_found' });
  });

  it('shows a communication as its last event tells it, however many there are', async () => {
    const run = await annaIsPlanned();
    const id = run.plans[0]?.communicationId ?? '';
    const log = new SpecLog();
    log.communication('CommunicationPlanned', { id, status: 'Planned' });
    for (let number = 0; number < 300; number += 1) log.communication('SignalNoted', { id, status: 'Started' });
    log.communication('CommunicationEnded', { id, status: 'Completed' });
    await appendAll(log);
    const { communications, isCut } = await new ParticipantHistories(store, sessions).read(WORKSPACE, ANNA.id);
    expect([communications[0]?.communication.status, isCut]).toEqual(['Completed', true]);
  });

  it('tells from which zone to which she moved, within one life', async () => {
    const log = new SpecLog();
    const { id } = ANNA;
    const zoned = (type: string, life: number, timeZone: string) => {
      const participant = { id, campaignId: CAMPAIGN, customerId: idOf('customer'), objectId: '', life, timeZone };
      log.append(`participant-${id}`, { type, data: { participant, changed: ['timezone'], source: { door: 'api' } } });
    };
    zoned('ParticipantCreated', 1, 'America/New_York');
    zoned('ParticipantUpdated', 1, 'Europe/London');
    log.participant('ParticipantDeleted', { id, timeZone: 'Europe/London' });
    zoned('ParticipantCreated', 2, 'Asia/Tokyo');
    await appendAll(log);
    const { history, telling } = await told();
    const changes = ['not set → America/New_York', 'America/New_York → Europe/London', 'not set → Asia/Tokyo'];
    const expected = changes.map((change) => expect.stringContaining(change));
    expect(whyOf(history, telling).changes.flatMap(({ fields }) => fields)).toEqual(expected);
    expect(timelineOf(history, telling).flatMap(({ changes: each }) => each)).toEqual(expected.toReversed());
  });

  it('tells a run that was cut, and an event that nobody knows', async () => {
    await annaIsPlanned();
    const { history, telling } = await told();
    const log = new SpecLog();
    const cut = log.run(ANNA.id, [], { flowVersion: 0, flowId: 'gone' }, 'chain_too_long');
    const strange: StoredEvent = log.append(`participant-${ANNA.id}`, {
      type: 'ParticipantPraised.v7',
      data: { participant: history.participant },
    });
    const sentences = timelineOf({ ...history, events: [strange], runs: [cut] }, telling).map(
      ({ sentence }) => sentence,
    );
    expect(sentences).toEqual([
      'ParticipantPraised.v7',
      'Participant Created: the flow gone did not run. The chain of causes was cut after 20 steps.',
    ]);
  });
});
