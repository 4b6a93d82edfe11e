import { describe, expect, it } from '@jest/globals';
import { given } from '@poinciana/event-sourcing/testing';
import { session, type SessionCommand, type SessionEvent } from './session.js';

const FACTS = {
  id: '11111111-1111-4111-8111-111111111111',
  channelId: '22222222-2222-4222-8222-222222222222',
  channelType: 'whatsapp',
  agentId: '33333333-3333-4333-8333-333333333333',
  direction: 'outbound',
};
const ADDRESS = '491510000001';
const RECEIVE: SessionCommand = {
  type: 'ReceiveMessage',
  session: FACTS,
  address: ADDRESS,
  messageId: 'm',
  providerMessageId: 'in.1',
  text: 'Hello',
};
const CLOSE: SessionCommand = {
  type: 'CloseSession',
  session: FACTS,
  address: ADDRESS,
  reason: 'agent',
  results: { paid: true },
};

const received: SessionEvent = {
  type: 'MessageReceived',
  data: { session: FACTS, messageId: 'm', providerMessageId: 'in.1' },
  personal: { address: ADDRESS, text: 'Hello' },
};
const sent: SessionEvent = {
  type: 'MessageSent',
  data: { session: FACTS, messageId: 'm' },
  personal: { address: ADDRESS, text: 'Hi' },
};
const closed: SessionEvent = {
  type: 'SessionClosed',
  data: { session: FACTS, reason: 'agent' },
  personal: { address: ADDRESS, results: { paid: true } },
};

describe('session', () => {
  it('opens with its first message, whoever writes it', () => {
    given(session)().when(RECEIVE).then(received);
    given(session)(sent).when(RECEIVE).then(received);
    given(session)()
      .when({ type: 'SendMessage', session: FACTS, address: ADDRESS, messageId: 'm', text: 'Hi' })
      .then({
        type: 'MessageSent',
        data: { session: FACTS, messageId: 'm' },
        personal: { address: ADDRESS, text: 'Hi' },
      });
  });

  it('closes once, takes nothing afterwards, and is not closed before it was opened', () => {
    given(session)(received).when(CLOSE).then(closed);
    given(session)(received, closed).when(CLOSE).thenNothing();
    given(session)(received, closed).when(RECEIVE).thenNothing();
    given(session)().when(CLOSE).thenNothing();
  });

  it('gives an intent one outcome, also after the end, and none to what has its provider id already', () => {
    const failed: SessionEvent = {
      type: 'MessageFailed',
      data: { session: FACTS, messageId: 'm', code: 'outcome_unknown' },
    };
    const lost: SessionCommand = { type: 'RecordMessageFailed', messageId: 'm', code: 'outcome_unknown' };
    const taken: SessionCommand = { type: 'RecordMessageAccepted', messageId: 'm', providerMessageId: 'out.1' };
    given(session)(sent, closed).when(lost).then(failed);
    given(session)(sent, failed).when(taken).thenNothing();
    given(session)({ ...sent, data: { ...sent.data, providerMessageId: 'out.1' } } as SessionEvent)
      .when(lost)
      .thenNothing();
    given(session)().when(lost).thenNothing();
  });

  it('takes nothing any more once it was erased, even if that was before it began', () => {
    const erase: SessionCommand = { type: 'EraseSession', session: FACTS };
    const ended = session.decide(erase, session.initialState);
    expect(ended.map(({ type }) => type)).toEqual(['SessionClosed', 'SessionErased']);
    for (const command of [RECEIVE, erase]) {
      given(session)(...ended)
        .when(command)
        .thenNothing();
    }
  });

  it('concerns participants only where the person began', () => {
    const start: SessionCommand = { type: 'StartIncoming', address: ADDRESS, participantId: 'p', campaignId: 'c' };
    given(session)(received).when(start).thenNothing();
    const facts = { ...FACTS, direction: 'inbound' };
    given(session)({ ...received, data: { ...received.data, session: facts } } as SessionEvent)
      .when(start)
      .then({
        type: 'IncomingSessionStarted',
        data: { session: facts, participantId: 'p', campaignId: 'c' },
        personal: { address: ADDRESS },
      });
  });
});
