import { describe, expect, it } from '@jest/globals';
import type { CommunicationFacts, KnownCommunication } from '../domain/communication.js';
import { haveSameTimer } from './open-communication.js';

const IDS = { id: 'a', campaignId: 'c', participantId: 'p', customerId: 'k', flowId: 'f', runId: 'r', nodeId: 'n' };
const NAMES = { name: 'REMINDER', agentId: 'g', channelId: 'h', channelType: 'whatsapp' };
const NUMBERS = { flowVersion: 1, durationMs: 60_000, attempts: 1, life: 1, hop: 0, silent: false };
const AT = '2026-03-02T09:00:00.000Z';

function started(changes: Partial<CommunicationFacts> = {}, address = '491510000001'): KnownCommunication {
  const begun = { status: 'Started', startedAt: AT, providerMessageId: 'm' } as const;
  return {
    facts: { ...IDS, ...NAMES, ...NUMBERS, timing: { code: 'exact_time' }, ...begun, ...changes },
    personal: { address, templateVariables: {}, customerContext: {}, results: {} },
  };
}

describe('haveSameTimer', () => {
  it('is true after what the provider tells of a message on its way', () => {
    expect(haveSameTimer(started(), started({ status: 'Delivered', signals: { delivered: AT } }))).toBe(true);
  });

  it.each<readonly [what: string, KnownCommunication]>([
    ['has ended', started({ status: 'Completed', endedAt: AT })],
    ['is not sent yet', started({ status: 'Planned', dispatch: 'requested', settleBy: AT, startedAt: undefined })],
    ['lasts longer', started({ durationMs: 120_000 })],
    ['began later', started({ startedAt: '2026-03-02T09:00:01.000Z', durationMs: 59_000 })],
    ['has another id at the provider', started({ providerMessageId: 'n' })],
    ['is reached elsewhere', started({}, '491510000002')],
  ])('is false where it %s', (_, other) => {
    expect([haveSameTimer(started(), other), haveSameTimer(other, started())]).toEqual([false, false]);
  });
});
