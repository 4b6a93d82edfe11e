import { describe, expect, it } from '@jest/globals';
import { plannedAgain } from './planned-again.js';
import type { KnownCommunication } from './communication.js';

const PERSONAL = {
  address: '491510000001',
  templateVariables: { name: 'Ada' },
  customerContext: {},
  results: { paid: true },
};
const HOURS = { code: 'at_window_start', zone: 'UTC', day: '2026-03-02', from: '09:00', to: '18:00', hours: 'node' };

function failed(timing: KnownCommunication['facts']['timing'], windowEnd: string): KnownCommunication {
  const ids = { id: 'a', campaignId: 'c', participantId: 'p', customerId: 'k', flowId: 'f', runId: 'r', nodeId: 'n' };
  const names = { name: 'REMINDER', agentId: 'g', channelId: 'h', channelType: 'whatsapp' };
  const numbers = { flowVersion: 1, durationMs: 1_000, attempts: 3, life: 1, hop: 2, silent: false };
  return {
    facts: { ...ids, ...names, ...numbers, timing, status: 'Failed', windowEnd, code: 'mailbox_full' },
    personal: PERSONAL,
  };
}

describe('plannedAgain', () => {
  it('takes the next window with the same hours, and nothing of what became of the failed one', () => {
    const state = failed(HOURS, '2026-03-02T18:00:00.000Z');
    const plan = plannedAgain(state, PERSONAL, 'b', '2026-03-04T20:00:00.000Z');
    expect(plan?.facts).toMatchObject({
      id: 'b',
      name: 'REMINDER',
      hop: 2,
      sendAt: '2026-03-05T09:00:00.000Z',
      windowEnd: '2026-03-05T18:00:00.000Z',
    });
    expect(Object.keys(plan?.facts ?? {})).not.toEqual(expect.arrayContaining(['code']));
    expect(plan?.personal.results).toEqual({});
  });

  it('tries an exact time at once, for a quarter of an hour (A10)', () => {
    const state = failed({ code: 'exact_time' }, '2026-03-02T09:15:00.000Z');
    const plan = plannedAgain(state, PERSONAL, 'b', '2026-03-04T20:00:00.000Z');
    expect(plan?.facts).toMatchObject({
      sendAt: '2026-03-04T20:00:00.000Z',
      windowEnd: '2026-03-04T20:15:00.000Z',
    });
  });

  const APPOINTMENT = '2026-03-02T12:00:00.000Z';

  it.each([
    ['in its hours, until then', HOURS, '2026-03-02T10:00:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['in its hours, which are over by then', HOURS, '2026-03-02T20:00:00.000Z', undefined],
    ['at an exact time, until then', { code: 'at_once' }, '2026-03-02T11:50:00.000Z', '2026-03-02T11:50:00.000Z'],
    ['at an exact time, which is over', { code: 'at_once' }, APPOINTMENT, undefined],
  ])('sends nothing at or after the thing itself (A92): %s', (_what, timing, at, sendAt) => {
    const state = failed({ ...timing, before: APPOINTMENT }, APPOINTMENT);
    const plan = plannedAgain(state, PERSONAL, 'b', at);
    expect(plan?.facts.sendAt).toBe(sendAt);
    expect(plan?.facts.windowEnd).toBe(sendAt === undefined ? undefined : APPOINTMENT);
  });

  it('keeps to its hours where older events do not say when the thing is', () => {
    const state = failed(HOURS, '2026-03-02T14:00:00.000Z');
    expect(plannedAgain(state, PERSONAL, 'b', '2026-03-03T03:00:00.000Z')).toBeUndefined();
  });
});
