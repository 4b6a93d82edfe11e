import { describe, expect, it } from '@jest/globals';
import { knownCampaign, type KnownCampaign } from '@poinciana/campaign-definition';
import type { JsonObject } from '@poinciana/contracts';
import { asksForBestTime } from './contacts.js';

function campaignWith(...flows: readonly JsonObject[]): KnownCampaign {
  const versions = flows.map((settings, index) => {
    const nodes = [{ id: 'n', type: 'email', name: '', settings }];
    return [index + 1, { id: 'f', name: '', nodes, edges: [] }] as const;
  });
  return { ...knownCampaign.initialState, flowVersions: { f: Object.fromEntries(versions) } };
}

describe('asksForBestTime', () => {
  it('is so where a flow does in any of its versions', () => {
    const window = { hours: { mode: 'window', from: '09:00', to: '18:00' } };
    expect(asksForBestTime(campaignWith({ hours: { mode: 'best' } }, window))).toBe(true);
    expect(asksForBestTime(campaignWith(window))).toBe(false);
    expect(asksForBestTime(campaignWith())).toBe(false);
  });
});
