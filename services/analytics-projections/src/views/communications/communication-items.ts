import { reason } from '@poinciana/campaign-definition';
import type { JsonValue } from '@poinciana/contracts';
import type { CommunicationLine } from './communication-view.js';

/** Why a communication ended or waits, for people. */
export interface CommunicationReason {
  readonly code: string;
  readonly sentence: string;
  readonly advice: string;
}

export interface CommunicationItem extends Omit<CommunicationLine, 'code' | 'life'> {
  readonly reason: CommunicationReason | null;
}

/** In the list of a campaign, with whose it is. */
export interface CampaignCommunicationItem extends CommunicationItem {
  /** null once the participant is deleted, and before her row is there. */
  readonly participantName: JsonValue;
}

export function communicationItem({ code, life: _, ...line }: CommunicationLine): CommunicationItem {
  return { ...line, reason: code === '' ? null : reason(code) };
}
