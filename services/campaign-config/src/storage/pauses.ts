import type { StateWrite } from '@poinciana/messaging';
import type { PauseChanges } from '../domain/pause-changes.js';

/** What Start asks about. */
export interface PauseCounts {
  /** People for whom something fell into the pause, each once. */
  readonly people: number;
  /** Of them, those who were created in it. */
  readonly participantsCreated: number;
  /** Of them, those one of whose communications ended in it. */
  readonly communicationsEnded: number;
  /** Communications whose window is over and that were not sent. */
  readonly communicationsOverdue: number;
}

export const NOTHING_WAITS: PauseCounts = {
  people: 0,
  participantsCreated: 0,
  communicationsEnded: 0,
  communicationsOverdue: 0,
};

/** Which pause of which campaign, as it is at an instant. */
export interface PauseQuery {
  readonly workspace: string;
  readonly campaignId: string;
  /** How often the campaign was started before. */
  readonly generation: number;
  /** ISO 8601 in UTC. */
  readonly now: string;
}

/** Who and what waits for the Start of a campaign, as far as the log was read. */
export abstract class Pauses<Transaction> {
  abstract counts(query: PauseQuery): Promise<PauseCounts>;
  /** Communications that wait to be sent, overdue ones among them. */
  abstract planned(workspace: string, campaignId: string): Promise<number>;
  /** Repeating a batch changes nothing. */
  abstract write(changes: PauseChanges): StateWrite<Transaction>;
}
