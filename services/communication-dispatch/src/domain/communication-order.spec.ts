import { describe, expect, it } from '@jest/globals';
import { isFinalStatus, statusRank } from '@poinciana/campaign-definition';
import { fold } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import type { CommunicationEvent } from './communication.js';
import type { CommunicationCommand, ProviderSignal } from './communication-commands.js';
import { communication } from './communication-decider.js';
import { PLAN } from './communication-samples.js';
import { timerOf } from './timer.js';

/** Four signals, then those of `commandOf`; the last is a Cancel. */
const KIND_LAST = 22;
const START_MS = Date.parse('2026-03-02T09:00:00.000Z');

const AT = new Date(START_MS).toISOString();

const HOUR_MS = 3_600_000;
const PROVIDER = { providerMessageId: 'wamid.1', providerAddress: '491511111111' };

/** Everything that may reach a communication, at instants over two days. */
const command: fc.Arbitrary<CommunicationCommand> = fc
  .record({
    minute: fc.integer({ min: 0, max: 3_000 }),
    attempt: fc.integer({ min: 1, max: 3 }),
    kind: fc.nat(KIND_LAST),
  })
  .map(({ minute, attempt, kind }) => commandOf(kind, attempt, new Date(START_MS + minute * 60_000).toISOString()));

function commandOf(kind: number, attempt: number, at: string): CommunicationCommand {
  const signals: readonly ProviderSignal[] = ['sent', 'delivered', 'read', 'failed'];
  const signal = signals[kind];
  if (signal !== undefined) return { type: 'RecordSignal', signal, at, ...PROVIDER };
  const others: readonly CommunicationCommand[] = [
    { type: 'RequestDispatch', at, settleMs: 600_000, attemptsMax: 3 },
    { type: 'RecordAcceptance', attempt, at, ...PROVIDER },
    { type: 'RecordDelay', attempt, code: 'rate_limited', retryAt: at, at },
    { type: 'RecordRefusal', attempt, code: 'invalid_address', at },
    { type: 'RecordUnknown', attempt, at },
    { type: 'SettleUnknown', at },
    { type: 'RecordReply', at },
    { type: 'RecordResults', results: { paid: false }, at },
    { type: 'CompleteConversation', results: { paid: true }, at },
    { type: 'EndDuration', at },
    ...(['answered', 'unanswered', 'concluded'] as const).map(
      (progress) => ({ type: 'RecordCall', progress, at, results: { paid: true }, ...PROVIDER }) as const,
    ),
    { type: 'MissWindow', at },
    { type: 'SkipCommunication', code: 'suppressed', at },
    { type: 'ReplanCommunication', sendAt: at, windowEnd: new Date(Date.parse(at) + HOUR_MS).toISOString(), at },
    { type: 'SettleUnknown', at, triesMax: 3 },
    { type: 'EraseCommunication', at },
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
        expect(later.filter((type) => type !== 'SignalNoted' && type !== 'CommunicationErased')).toEqual([]);
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
        const events = eventsOf([PLAN, ...commands]);
        events.forEach(({ type }, index) => {
          if (type !== 'DispatchRequested') return;
          const before = events.slice(0, index);
          expect(before.map((event) => event.type)).not.toContain('CommunicationStarted');
          const last = before.findLast((event) => ['DispatchRequested', 'DispatchDelayed'].includes(event.type));
          expect([undefined, 'delayed']).toContain(last?.data.communication.dispatch);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('sends again what may have gone out only where it is told so, says so ever after, and never calls it skipped', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const events = eventsOf([PLAN, ...commands]);
        const lost = events.findIndex((event) => event.data.communication.code === 'outcome_unknown_retry');
        const isDoubtful = events.map(({ data }) => data.communication.doubtful === true);
        expect(isDoubtful).toEqual(events.map((_, index) => lost >= 0 && index >= lost));
        if (lost >= 0) expect(events.at(-1)?.data.communication.status).not.toBe('Skipped');
        if (!commands.some((each) => each.type === 'SettleUnknown' && each.triesMax !== undefined))
          expect(lost).toBe(-1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds nothing personal behind an erasure, not even what commands bring', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), fc.array(command, { maxLength: 30 }), (before, after) => {
        const events = eventsOf([PLAN, ...before]);
        const erased = eventsOf([PLAN, ...before, { type: 'EraseCommunication', at: AT }, ...after]);
        expect(erased.slice(events.length).filter((event) => 'personal' in event)).toEqual([]);
        expect(erased.filter(({ type }) => type === 'CommunicationErased').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('changes nothing when a signal is told again', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), fc.constantFrom(0, 1, 2, 3, 14, 15, 16), (commands, kind) => {
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
