import type { StateWrite } from '@poinciana/messaging';
import {
  type PauseChanges,
  type PlannedCommunication,
  type WaitingParticipant,
  joined,
} from '../domain/pause-changes.js';
import { type PauseCounts, type PauseQuery, Pauses } from './pauses.js';

/** The twin for tests. */
export class InMemoryPauses extends Pauses<unknown> {
  private readonly waiting = new Map<string, WaitingParticipant>();
  private readonly unsent = new Map<string, PlannedCommunication>();

  override async counts({ workspace, campaignId, generation, now }: PauseQuery): Promise<PauseCounts> {
    const isOurs = (row: WaitingParticipant | PlannedCommunication) =>
      row.workspace === workspace && row.campaignId === campaignId;
    const waiting = [...this.waiting.values()].filter((row) => isOurs(row) && row.generation === generation);
    return {
      people: waiting.length,
      participantsCreated: waiting.filter(({ created }) => created).length,
      communicationsEnded: waiting.filter(({ ended }) => ended).length,
      communicationsOverdue: [...this.unsent.values()].filter((row) => isOurs(row) && row.windowEnd <= now).length,
    };
  }

  override async planned(workspace: string, campaignId: string): Promise<number> {
    const planned = [...this.unsent.values()];
    return planned.filter((row) => row.workspace === workspace && row.campaignId === campaignId).length;
  }

  override write({ deleted, waiting, planned, settled }: PauseChanges): StateWrite<unknown> {
    return async () => {
      for (const { id } of deleted) this.waiting.delete(id);
      for (const row of waiting) this.waiting.set(row.participantId, joined(this.waiting.get(row.participantId), row));
      for (const row of planned) this.unsent.set(row.communicationId, row);
      for (const { id } of settled) this.unsent.delete(id);
    };
  }
}
