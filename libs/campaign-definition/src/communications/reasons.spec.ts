import { describe, expect, it } from '@jest/globals';
import { REASON_MESSAGES } from '../messages/reason-messages.js';
import {
  COMMUNICATION_STATUSES,
  FINAL_STATUSES,
  isFinalStatus,
  statusGroup,
  statusRank,
  STATUS_GROUPS,
  UPDATING_STATUSES,
} from './communication-status.js';
import { isReasonCode, REASON_CODES } from './reason-codes.js';
import { reason } from './reasons.js';

describe('[C]9: the catalogue of reasons', () => {
  it.each(REASON_CODES)('%s has a sentence and advice', (code) => {
    expect(reason(code).sentence).toMatch(/^[A-Z].*\.$/);
    expect(reason(code).advice).toMatch(/^[A-Z].*\.$/);
  });

  it('a code that nobody knows stands for itself, inherited names too', () => {
    expect(reason('constructor')).toEqual({ code: 'constructor', sentence: 'constructor', advice: '' });
    expect(isReasonCode('toString')).toBe(false);
  });

  it('the sentences hold no code that the list lacks', () => {
    expect(Object.keys(REASON_MESSAGES.sentences).sort()).toEqual([...REASON_CODES].sort());
  });
});

describe('[C]7: statuses', () => {
  it('each stands in exactly one group', () => {
    expect(Object.values(STATUS_GROUPS).flat().sort()).toEqual([...COMMUNICATION_STATUSES].sort());
    for (const status of COMMUNICATION_STATUSES)
      expect(STATUS_GROUPS[statusGroup(status)] as readonly string[]).toContain(status);
  });

  it('Planned, what updates and what is final are all there are', () => {
    expect(['Planned', ...UPDATING_STATUSES, ...FINAL_STATUSES].sort()).toEqual([...COMMUNICATION_STATUSES].sort());
  });

  it('go only forward: every final status stands behind every open one', () => {
    const open = COMMUNICATION_STATUSES.filter((status) => !isFinalStatus(status));
    expect(open.map(statusRank)).toEqual([0, 1, 2, 3, 4]);
    for (const final of FINAL_STATUSES) expect(statusRank(final)).toBeGreaterThan(statusRank('Replied'));
  });
});
