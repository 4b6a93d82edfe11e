import { DomainError } from '@poinciana/event-sourcing';
import type { Campaign } from './campaign.js';

/** Nothing of the Data and Workflow tabs changes while the campaign is Active (A52). */
export function assertEditable(state: Campaign): void {
  if (state.status === 'Active') {
    throw new DomainError(
      'campaign_is_active',
      'The campaign is Active: stop it to edit its fields and flows',
      'conflict',
    );
  }
}
