import { describe, expect, it } from '@jest/globals';
import { knownCampaign, type KnownCampaign } from '@poinciana/campaign-definition';
import type { JsonObject } from '@poinciana/contracts';
import { asksForBestTime } from './contacts.js';

function campaignWith(...settings: readonly JsonObject[]): KnownCampaign {
  const nodes = settings.map((each, index) => ({ id: `n${index}`, type: 'email', name: '', settings: each }));
  const flow = { id: 'f', name: '', nodes, edges: [] };
  return { ...knownCampaign.initialState, flowVersions: { f: { 1: flow } } };
}

describe('asksForBestTime', () => {
  it('is so where a node of any flow leaves the hour to it', () => {
    expect(asksForBestTime(campaignWith({}, { hours: { mode: 'best' } }))).toBe(true);
    expect(
      asksForBestTime(campaignWith({ hours: { mode: 'window', from: '09:00', to: '18:00' } }, { hours: null })),
    ).toBe(false);
    expect(asksForBestTime(campaignWith())).toBe(false);
  });
});
