import type { JsonValue } from '@poinciana/contracts';
import type { ParticipantItem } from '../participants/participant-details.js';
import type { CustomerProfile } from './customer-profiles.js';

/** A customer in one campaign. */
export interface Participation extends ParticipantItem {
  readonly campaignId: string;
  readonly campaignName: string;
}

export interface CustomerItem {
  readonly id: string;
  readonly name: JsonValue;
  readonly email: JsonValue;
  readonly phone: JsonValue;
  readonly externalId: JsonValue;
  /** The campaigns that she is in. */
  readonly campaignIds: readonly string[];
  readonly updatedAt: string;
}

export interface Customer360 extends CustomerProfile {
  readonly participations: readonly Participation[];
}
