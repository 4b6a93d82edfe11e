import { describe, expect, it } from '@jest/globals';
import { fold } from '@poinciana/event-sourcing';
import { given } from '@poinciana/event-sourcing/testing';
import { durationEnd, type CommunicationEvent } from './communication.js';
import type { CommunicationCommand, ProviderSignal } from './communication-commands.js';
import { communication } from './communication-decider.js';
import { PERSONAL, PLAN, PLANNED_FACTS } from './communication-samples.js';

const DUE = '2026-03-02T09:00:00.000Z';
const REQUEST: CommunicationCommand = { type: 'RequestDispatch', at: DUE, settleMs: 600_000, attemptsMax: 3 };
const ACCEPTED: CommunicationCommand = {
  type: 'RecordAcceptance',
  attempt: 1,
  providerMessageId: 'wamid.1',
  at: '2026-03-02T09:00:01.000Z',
};

/** The events of commands, each decided on what the earlier ones led to. */
function after(...commands: readonly CommunicationCommand[]): readonly CommunicationEvent[] {
  return commands.reduce<readonly CommunicationEvent[]>(
    (events, command) => [...events, ...communication.decide(command, fold(communication, events))],
    [],
  );
}

function statusAfter(...commands: readonly CommunicationCommand[]) {
  const facts = fold(communication, after(...commands))?.facts;
  return { status: facts?.status, code: facts?.code };
}

function signal(name: ProviderSignal, code?: string): CommunicationCommand {
  return { type: 'RecordSignal', signal: name, providerMessageId: 'wamid.1', code, at: '2026-03-02T09:01:00.000Z' };
}

describe('communication', () => {
  it('is planned once', () => {
    const communicationFacts = { ...PLANNED_FACTS, status: 'Planned', attempts: 0, silent: false } as const;
    given(communication)()
      .when(PLAN)
      .then({ type: 'CommunicationPlanned', data: { communication: communicationFacts }, personal: PERSONAL });
    given(communication)(...after(PLAN))
      .when(PLAN)
      .thenNothing();
  });

  it('ends at once as Skipped when it is planned with a reason not to send (A8)', () => {
    const events = after({ ...PLAN, skipCode: 'no_address' });
    expect(events.map(({ type }) => type)).toEqual(['CommunicationPlanned', 'CommunicationEnded']);
    expect(statusAfter({ ...PLAN, skipCode: 'no_address' })).toEqual({ status: 'Skipped', code: 'no_address' });
  });

  it('is not sent before its time, nor in a pause between attempts', () => {
    given(communication)(...after(PLAN))
      .when({ ...REQUEST, at: '2026-03-02T08:59:59.999Z' })
      .thenNothing();
    const delay: CommunicationCommand = {
      type: 'RecordDelay',
      attempt: 1,
      code: 'rate_limited',
      retryAt: '2026-03-02T09:10:00.000Z',
      at: DUE,
    };
    given(communication)(...after(PLAN, REQUEST, delay))
      .when({ ...REQUEST, at: '2026-03-02T09:09:59.999Z' })
      .thenNothing();
    expect(
      statusAfter(PLAN, REQUEST, delay, { ...REQUEST, at: '2026-03-02T09:10:00.000Z' }, { ...ACCEPTED, attempt: 2 }),
    ).toEqual({ status: 'Started', code: undefined });
  });

  it('is Skipped at the first instant behind its window, never sent late ([C]4, A7)', () => {
    expect(statusAfter(PLAN, { ...REQUEST, at: '2026-03-02T18:00:00.000Z' })).toEqual({
      status: 'Skipped',
      code: 'window_missed',
    });
  });

  it('stores the intent before the call, and asks for no second one while it is open', () => {
    given(communication)(...after(PLAN, REQUEST))
      .when(REQUEST)
      .thenNothing();
    const unknown: CommunicationCommand = { type: 'RecordUnknown', attempt: 1, at: DUE };
    given(communication)(...after(PLAN, REQUEST, unknown))
      .when({ ...REQUEST, at: '2026-03-02T12:00:00.000Z' })
      .thenNothing();
  });

  it('ends as outcome_unknown when no proof came in time, and not before', () => {
    const unknown: CommunicationCommand = { type: 'RecordUnknown', attempt: 1, at: DUE };
    given(communication)(...after(PLAN, REQUEST, unknown))
      .when({ type: 'SettleUnknown', at: '2026-03-02T09:09:59.999Z' })
      .thenNothing();
    expect(statusAfter(PLAN, REQUEST, { type: 'SettleUnknown', at: '2026-03-02T09:10:00.000Z' })).toEqual({
      status: 'Failed',
      code: 'outcome_unknown',
    });
  });

  it('takes the echo of an unknown attempt as proof', () => {
    const unknown: CommunicationCommand = { type: 'RecordUnknown', attempt: 1, at: DUE };
    const events = after(PLAN, REQUEST, unknown, signal('read'));
    expect(events.map(({ type }) => type).slice(-2)).toEqual(['CommunicationStarted', 'CommunicationRead']);
    given(communication)(...events)
      .when(ACCEPTED)
      .thenNothing();
  });

  it('notes what came too late (A61, A62)', () => {
    const events = after(
      PLAN,
      REQUEST,
      ACCEPTED,
      signal('read'),
      signal('delivered'),
      signal('failed'),
      signal('delivered'),
    );
    expect(events.map(({ type }) => type).slice(4)).toEqual(['SignalNoted', 'SignalNoted']);
    expect(
      statusAfter(PLAN, REQUEST, ACCEPTED, signal('delivered'), signal('failed', 'recipient_unreachable')),
    ).toEqual({
      status: 'Failed',
      code: 'recipient_unreachable',
    });
  });

  it('notes that a canceled communication was sent nevertheless', () => {
    const cancel: CommunicationCommand = {
      type: 'CancelCommunication',
      code: 'canceled_by_flow',
      silent: false,
      at: DUE,
    };
    const events = after(PLAN, REQUEST, cancel, ACCEPTED, ACCEPTED, signal('sent'));
    expect(events.map(({ type }) => type).slice(2)).toEqual(['CommunicationEnded', 'SignalNoted']);
  });

  it('is erased once: an open one ends, and one that has ended says so', () => {
    const erase: CommunicationCommand = { type: 'EraseCommunication', at: DUE };
    const open = after(PLAN, REQUEST, erase, erase);
    expect(open.at(-1)?.data.communication).toMatchObject({ code: 'participant_deleted', silent: true });
    const types = (events: readonly CommunicationEvent[]) => events.map(({ type }) => type);
    expect(types(open).slice(2)).toEqual(['CommunicationEnded']);
    expect(types(after({ ...PLAN, skipCode: 'no_address' }, erase, erase)).slice(2)).toEqual(['CommunicationErased']);
  });

  it('ends its duration as Completed with a reply and NoResponse without; the end wins over a reply at its instant (A63)', () => {
    const end = '2026-03-03T09:00:01.000Z';
    expect(statusAfter(PLAN, REQUEST, ACCEPTED, { type: 'EndDuration', at: end }).status).toBe('NoResponse');
    const reply: CommunicationCommand = { type: 'RecordReply', at: '2026-03-02T10:00:00.000Z' };
    expect(statusAfter(PLAN, REQUEST, ACCEPTED, reply, { type: 'EndDuration', at: end }).status).toBe('Completed');
    given(communication)(...after(PLAN, REQUEST, ACCEPTED))
      .when({ type: 'RecordReply', at: end })
      .thenNothing();
    given(communication)(...after(PLAN, REQUEST, ACCEPTED))
      .when({ type: 'EndDuration', at: '2026-03-03T09:00:00.999Z' })
      .thenNothing();
  });

  it.each([
    ['before the end', '2026-03-02T09:30:00.000Z', 'Completed'],
    ['at its instant', undefined, 'Started'],
  ])('takes the close of its agent %s of its duration, the end wins (A63)', (_what, closedAt, status) => {
    const started = fold(communication, after(PLAN, REQUEST, ACCEPTED));
    const at = closedAt ?? (started === null ? undefined : durationEnd(started)) ?? '';
    expect(statusAfter(PLAN, REQUEST, ACCEPTED, { type: 'CompleteConversation', results: {}, at }).status).toBe(status);
  });

  it('gives up after the last attempt', () => {
    const delay = (attempt: number): CommunicationCommand => ({
      type: 'RecordDelay',
      attempt,
      code: 'provider_busy',
      retryAt: DUE,
      at: DUE,
    });
    const ended = statusAfter(PLAN, REQUEST, delay(1), REQUEST, delay(2), REQUEST, delay(3), REQUEST);
    expect(ended).toEqual({ status: 'Failed', code: 'attempts_used_up' });
  });
});
