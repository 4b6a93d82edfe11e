import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@poinciana/contracts';
import { usesBestTime } from './best-time.js';

function flowWith(...settings: readonly JsonObject[]) {
  const nodes = settings.map((each, index) => ({ id: `n${index}`, type: 'email', name: '', settings: each }));
  return { id: 'f', name: '', nodes, edges: [] };
}

describe('usesBestTime', () => {
  it('is so where any node leaves its hours to it', () => {
    expect(usesBestTime(flowWith({}, { hours: { mode: 'best' } }))).toBe(true);
    expect(usesBestTime(flowWith({ hours: { mode: 'window', from: '09:00', to: '18:00' } }))).toBe(false);
    expect(usesBestTime(flowWith())).toBe(false);
  });

  it('says nothing of settings that cannot be read', () => {
    expect(usesBestTime(flowWith({ hours: null }, { hours: 'best' }, { hours: ['best'] }))).toBe(false);
  });
});
