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
    const { facts, personal } = plannedAgain(state, PERSONAL, 'b', '2026-03-04T20:00:00.000Z');
    expect(facts).toMatchObject({
      id: 'b',
      name: 'REMINDER',
      hop: 2,
      sendAt: '2026-03-05T09:00:00.000Z',
      windowEnd: '2026-03-05T18:00:00.000Z',
    });
    expect(Object.keys(facts)).not.toEqual(expect.arrayContaining(['code']));
    expect(personal.results).toEqual({});
  });

  it('tries an exact time at once, for a quarter of an hour (A10)', () => {
    const state = failed({ code: 'exact_time' }, '2026-03-02T09:15:00.000Z');
    const { facts } = plannedAgain(state, PERSONAL, 'b', '2026-03-04T20:00:00.000Z');
    expect(facts).toMatchObject({ sendAt: '2026-03-04T20:00:00.000Z', windowEnd: '2026-03-04T20:15:00.000Z' });
  });
});
