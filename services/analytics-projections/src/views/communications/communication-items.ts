import { type CommunicationStatus, reason, statusGroup, type StatusGroup } from '@poinciana/campaign-definition';
import type { JsonValue } from '@poinciana/contracts';
import type { CommunicationLine } from './communication-view.js';

/** Why a communication ended or waits, for people. */
export interface CommunicationReason {
  readonly code: string;
  readonly sentence: string;
  readonly advice: string;
}

/** Name, status with its message and code, channel, agent, when it was scheduled, planned, started and ended, session. */
export interface CommunicationItem extends Omit<CommunicationLine, 'code' | 'life'> {
  readonly group: StatusGroup;
  readonly reason: CommunicationReason | null;
}

/** In the list of a campaign or of the workspace, with whose it is. */
export interface CampaignCommunicationItem extends CommunicationItem {
  /** null once the participant is deleted, and before her row is there. */
  readonly participantName: JsonValue;
}

export function communicationItem({ code, life: _, ...line }: CommunicationLine): CommunicationItem {
  return {
    ...line,
    group: statusGroup(line.status as CommunicationStatus),
    reason: code === '' ? null : reason(code),
  };
}
