import { type KnownCampaign, activationAt } from '@poinciana/campaign-definition';
import type { communication as communicationContract, participant as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';

/** Somebody for whom something fell into a pause. */
export interface WaitingParticipant {
  readonly participantId: string;
  readonly campaignId: string;
  readonly workspace: string;
  /** How often the campaign had been started before the pause. */
  readonly generation: number;
  /** Created in the pause. */
  readonly created: boolean;
  /** A communication ended in the pause. */
  readonly ended: boolean;
}

/** A communication that waits to be sent. */
export interface PlannedCommunication {
  readonly communicationId: string;
  readonly campaignId: string;
  readonly workspace: string;
  /** From this instant on it is overdue, ISO 8601 in UTC. */
  readonly windowEnd: string;
}

/** What does not wait any more. */
export interface Gone {
  readonly id: string;
  readonly campaignId: string;
}

/** What a batch means for the questions of Start; every participant and every communication once in each list. */
export interface PauseChanges {
  /** Who is deleted: before those who wait, for somebody may come again in the same batch. */
  readonly deleted: readonly Gone[];
  readonly waiting: readonly WaitingParticipant[];
  readonly planned: readonly PlannedCommunication[];
  /** Communications that do not wait to be sent any more. */
  readonly settled: readonly Gone[];
}

/** The pause in which a place of the log lies: how often the campaign had been started before. Undefined while it was Active. */
export function pauseAt(campaign: KnownCampaign, number: number): number | undefined {
  if (activationAt(campaign, { shard: 0, number }) !== undefined) return undefined;
  return campaign.activations.filter(({ startedAt }) => startedAt.number < number).length;
}

/** Which pause of its campaign an event fell into. */
export type PauseOf = (campaignId: string, number: number) => number | undefined;

/** What events of participants and communications, in log order, change. */
export function pauseChanges(events: readonly StoredEvent[], pauseOf: PauseOf): PauseChanges {
  const deleted = new Map<string, Gone>();
  const waiting = new Map<string, WaitingParticipant>();
  const planned = new Map<string, PlannedCommunication>();
  const settled = new Map<string, Gone>();
  for (const event of events) {
    const communication = communicationOf(event);
    if (communication !== undefined) {
      const { id, campaignId } = communication;
      const plan = plannedOf(event.workspace, communication);
      planned.delete(id);
      settled.delete(id);
      if (plan === undefined) settled.set(id, { id, campaignId });
      else planned.set(id, plan);
    }
    if (event.type === 'ParticipantDeleted') {
      const { id, campaignId } = (event.data as contract.ParticipantDeleted).participant;
      deleted.set(id, { id, campaignId });
      waiting.delete(id);
    }
    const next = waitingOf(event, pauseOf);
    if (next !== undefined) waiting.set(next.participantId, joined(waiting.get(next.participantId), next));
  }
  return {
    deleted: [...deleted.values()],
    waiting: [...waiting.values()],
    planned: [...planned.values()],
    settled: [...settled.values()],
  };
}

/** Both that is known of one participant: of the newer pause, or all of one. */
export function joined(known: WaitingParticipant | undefined, next: WaitingParticipant): WaitingParticipant {
  if (known === undefined || known.generation < next.generation) return next;
  if (known.generation > next.generation) return known;
  return { ...next, created: known.created || next.created, ended: known.ended || next.ended };
}

/** Only what Start catches up waits for it (A2); a deletion ends communications silently (A19). */
function waitingOf(event: StoredEvent, pauseOf: PauseOf): WaitingParticipant | undefined {
  const who = event.type === 'ParticipantCreated' ? createdOf(event) : endedOf(event);
  if (who === undefined) return undefined;
  const generation = pauseOf(who.campaignId, event.position.number);
  if (generation === undefined) return undefined;
  const created = event.type === 'ParticipantCreated';
  return { workspace: event.workspace, generation, created, ended: !created, ...who };
}

type Who = Pick<WaitingParticipant, 'participantId' | 'campaignId'>;

function createdOf({ data }: StoredEvent): Who {
  const { id, campaignId } = (data as contract.ParticipantCreated).participant;
  return { participantId: id, campaignId };
}

function endedOf(event: StoredEvent): Who | undefined {
  const communication = event.type === 'CommunicationEnded' ? communicationOf(event) : undefined;
  if (communication === undefined || communication.silent) return undefined;
  const { participantId, campaignId } = communication;
  return { participantId, campaignId };
}

function communicationOf({ data }: StoredEvent): communicationContract.Communication | undefined {
  return (data as { readonly communication?: communicationContract.Communication }).communication;
}

/** What could still be sent, and whose outcome is not open: as communication-dispatch looks at it when a window is over. */
function plannedOf(
  workspace: string,
  { id, campaignId, status, dispatch, windowEnd }: communicationContract.Communication,
): PlannedCommunication | undefined {
  const isUnderWay = dispatch === 'requested' || dispatch === 'unknown';
  if (status !== 'Planned' || isUnderWay || windowEnd === undefined) return undefined;
  return { communicationId: id, campaignId, workspace, windowEnd };
}
