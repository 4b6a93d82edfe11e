import type { FieldValue } from '@poinciana/campaign-definition';
import { type CommunicationOutcome, NEW_PARTICIPANT, type ParticipantState } from '@poinciana/flow-engine';
import type { Mark } from './mark.js';
import type { UnconfirmedValues } from './unconfirmed.js';

/** How many chains of causes are remembered for the bound on their runs (A93). */
export const CHAINS_MAX = 20;

/** Runs that followed from one outside event. */
export interface Chain {
  readonly correlation: string;
  readonly runs: number;
}

/** What flow-execution knows of a participant: one row, folded from the log in its order. Plain JSON. */
export interface FlowParticipant {
  readonly id: string;
  readonly workspace: string;
  readonly campaignId: string;
  readonly customerId: string;
  readonly phase: 'unknown' | 'living' | 'deleted';
  /** Counts the lives of a participant that was deleted and came again, from 1 (A19). */
  readonly life: number;
  /** The number in the log of the last event that was folded. */
  readonly appliedTo: number;
  /** The revision of flow-runs-<id>: the lock that makes runs serial (A1). */
  readonly runsRevision: number;
  /** What the flows see. */
  readonly seen: ParticipantState;
  /** Triggers that fell into a pause, in order of occurrence (A2). */
  readonly marks: readonly Mark[];
  readonly chains: readonly Chain[];
  readonly unconfirmed?: UnconfirmedValues | undefined;
}

export function unknownParticipant(id: string): FlowParticipant {
  return {
    id,
    workspace: '',
    campaignId: '',
    customerId: '',
    phase: 'unknown',
    life: 0,
    appliedTo: 0,
    runsRevision: -1,
    seen: NEW_PARTICIPANT,
    marks: [],
    chains: [],
  };
}

/** A life begins: nothing of an earlier one is seen any more (A19). */
export function born(
  participant: FlowParticipant,
  who: Pick<FlowParticipant, 'workspace' | 'campaignId' | 'customerId' | 'life'>,
  values: Readonly<Record<string, FieldValue | null>>,
  zone: string | undefined,
): FlowParticipant {
  const seen: ParticipantState =
    zone === undefined ? { ...NEW_PARTICIPANT, values } : { zone, ...NEW_PARTICIPANT, values };
  return { ...participant, ...who, phase: 'living', seen, marks: [], unconfirmed: undefined };
}

/** How many runs followed from an outside event already. */
export function runsOf(participant: FlowParticipant, correlation: string): number {
  return participant.chains.find((chain) => chain.correlation === correlation)?.runs ?? 0;
}

/** Counts runs of a chain; the chains that were quiet the longest are forgotten. */
export function withRuns(participant: FlowParticipant, correlation: string, runs: number): FlowParticipant {
  if (runs === 0) return participant;
  const others = participant.chains.filter((chain) => chain.correlation !== correlation);
  const chain = { correlation, runs: runsOf(participant, correlation) + runs };
  return { ...participant, chains: [...others, chain].slice(-CHAINS_MAX) };
}

/** A communication that ended counts as the last one, unless one that ended later is known (A65). */
export function withEnded(seen: ParticipantState, ended: CommunicationOutcome): ParticipantState {
  const openCommunications = seen.openCommunications.filter((open) => open.id !== ended.id);
  const known = seen.lastEnded?.endedAt ?? '';
  return (ended.endedAt ?? '') < known
    ? { ...seen, openCommunications }
    : { ...seen, openCommunications, lastEnded: ended };
}
