import { type Activation, type KnownCampaign, activationAt } from '@poinciana/campaign-definition';
import type { Mark } from './mark.js';

/** The time in which the campaign was Active when an event happened; positions decide, not arrival. */
export function activationOfTrigger(campaign: KnownCampaign, number: number): Activation | undefined {
  return activationAt(campaign, { shard: 0, number });
}

/** The first Start after a mark: the one that catches it up. */
export function activationOfMark(campaign: KnownCampaign, mark: Mark): Activation | undefined {
  return campaign.activations.find((activation) => activation.startedAt.number > mark.number);
}
