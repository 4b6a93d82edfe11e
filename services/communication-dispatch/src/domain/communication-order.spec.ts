import { describe, expect, it } from '@jest/globals';
import { isFinalStatus, statusRank } from '@poinciana/campaign-definition';
import { fold } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import type { CommunicationEvent } from './communication.js';
import type { CommunicationCommand, ProviderSignal } from './communication-commands.js';
import { communication } from './communication-decider.js';
import { PLAN } from './communication-samples.js';
import { timerOf } from './timer.js';

const START_MS = Date.parse('2026-03-02T09:00:00.000Z');

/** Everything that may reach a communication, at instants over two days. */
const command: fc.Arbitrary<CommunicationCommand> = fc
  .record({ minute: fc.integer({ min: 0, max: 3_000 }), attempt: fc.integer({ min: 1, max: 3 }), kind: fc.nat(16) })
  .map(({ minute, attempt, kind }) => commandOf(kind, attempt, new Date(START_MS + minute * 60_000).toISOString()));

function commandOf(kind: number, attempt: number, at: string): CommunicationCommand {
  const signals: readonly ProviderSignal[] = ['sent', 'delivered', 'read', 'failed'];
  const signal = signals[kind];
  if (signal !== undefined) return { type: 'RecordSignal', signal, providerMessageId: 'wamid.1', at };
  const others: readonly CommunicationCommand[] = [
    { type: 'RequestDispatch', at, settleMs: 600_000, attemptsMax: 3 },
    { type: 'RecordAcceptance', attempt, providerMessageId: 'wamid.1', at },
    { type: 'RecordDelay', attempt, code: 'rate_limited', retryAt: at, at },
    { type: 'RecordRefusal', attempt, code: 'invalid_address', at },
    { type: 'RecordUnknown', attempt, at },
    { type: 'SettleUnknown', at },
    { type: 'RecordReply', at },
    { type: 'RecordResults', results: { paid: false }, at },
    { type: 'CompleteConversation', results: { paid: true }, at },
    { type: 'EndDuration', at },
    ...(['answered', 'unanswered', 'concluded'] as const).map(
      (progress) => ({ type: 'RecordCall', progress, providerMessageId: 'call.1', at, results: {} }) as const,
    ),
  ];
  return others[kind - signals.length] ?? { type: 'CancelCommunication', code: 'canceled_by_user', silent: false, at };
}

function eventsOf(commands: readonly CommunicationCommand[]): readonly CommunicationEvent[] {
  return commands.reduce<readonly CommunicationEvent[]>(
    (events, each) => [...events, ...communication.decide(each, fold(communication, events))],
    [],
  );
}

describe('communication, whatever comes in whatever order', () => {
  it('goes forward only, with at most one final event, after which nothing but notes follows', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const events = eventsOf([PLAN, ...commands]);
        const ranks = events.map(({ data }) => statusRank(data.communication.status));
        expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
        const end = events.findIndex(({ type }) => type === 'CommunicationEnded');
        const later = end < 0 ? [] : events.slice(end + 1).map(({ type }) => type);
        expect(later.filter((type) => type !== 'SignalNoted')).toEqual([]);
        for (const type of [
          'CommunicationStarted',
          'CommunicationDelivered',
          'CommunicationRead',
          'CommunicationReplied',
        ]) {
          expect(events.filter((event) => event.type === type).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('requests nothing while an outcome is open, and nothing after one was proved', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const types = eventsOf([PLAN, ...commands]).map(({ type }) => type);
        types.forEach((type, index) => {
          if (type !== 'DispatchRequested') return;
          const before = types.slice(0, index);
          expect(before).not.toContain('CommunicationStarted');
          expect(before.lastIndexOf('DispatchRequested')).toBeLessThanOrEqual(before.lastIndexOf('DispatchDelayed'));
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('changes nothing when a signal is told again', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), fc.constantFrom(0, 1, 2, 3, 13, 14, 15), (commands, kind) => {
        const again = commandOf(kind, 1, new Date(START_MS).toISOString());
        const events = eventsOf([PLAN, ...commands, again]);
        expect(communication.decide(again, fold(communication, events))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('always waits for something until it is ended, and its last event is its state', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const events = eventsOf([PLAN, ...commands]);
        const state = fold(communication, events);
        expect(fold(communication, events.slice(-1))).toEqual(state);
        expect(state).not.toBeNull();
        if (state !== null) expect(timerOf(state) === undefined).toBe(isFinalStatus(state.facts.status));
      }),
      { numRuns: 500 },
    );
  });
});
