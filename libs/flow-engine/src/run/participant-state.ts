import type { ChannelType, CommunicationStatus, FieldValue } from '@poinciana/campaign-definition';
import type { HourlySignals } from '../send-times/best-hours.js';

/** Values by field name, of both levels; names are unique in a campaign. */
export type FieldValues = Readonly<Record<string, FieldValue | null | undefined>>;

/** A communication that has not reached a final status. */
export interface OpenCommunication {
  readonly id: string;
  readonly name: string;
  readonly status: CommunicationStatus;
}

/** What conditions may ask of a communication (A4): as it was when the trigger fired, or when it ended. */
export interface CommunicationOutcome {
  readonly id: string;
  readonly name: string;
  readonly channel: ChannelType;
  readonly status: CommunicationStatus;
  readonly replied: boolean;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** The agent's declared results by name, as they came. */
  readonly results?: Readonly<Record<string, unknown>>;
}

/** What a run sees of a participant, in this life of hers (A19). Plain JSON. */
export interface ParticipantState {
  readonly values: FieldValues;
  /** Canonical IANA name; the workspace's zone counts when absent. */
  readonly zone?: string;
  readonly openCommunications: readonly OpenCommunication[];
  /** Names of communications that were Started, for the mode `once` (A18). */
  readonly sentNames: readonly string[];
  /** The communication that ended last; by end, then creation (A65). */
  readonly lastEnded?: CommunicationOutcome;
  /** When the customer read or replied, for Best time to contact ([C]5). */
  readonly contactSignals?: HourlySignals;
}

export const NEW_PARTICIPANT: ParticipantState = { values: {}, openCommunications: [], sentNames: [] };

/** What a run does to the state of its participant; a fresh `FlowRun` is one, and so is what is kept of a stored one. */
export interface RunEffects {
  readonly cancels: readonly { readonly communicationIds: readonly string[] }[];
  readonly plans: readonly PlannedOrSkipped[];
  readonly personal: { readonly fieldValues: Readonly<Record<string, FieldValue | null>> };
}

interface PlannedOrSkipped {
  readonly communicationId: string;
  readonly name: string;
  readonly skipCode?: string | undefined;
}

/** The participant after a run: its field changes, cancels and open plans applied (A1). */
export function participantAfter(state: ParticipantState, run: RunEffects): ParticipantState {
  const canceled = run.cancels.flatMap((cancel) => cancel.communicationIds);
  const planned = run.plans.filter((plan) => plan.skipCode === undefined && !canceled.includes(plan.communicationId));
  const kept =
    canceled.length === 0
      ? state.openCommunications
      : state.openCommunications.filter((open) => !canceled.includes(open.id));
  return {
    ...state,
    values: changedValues(state.values, run.personal.fieldValues),
    openCommunications: planned.length === 0 ? kept : [...kept, ...planned.map(openCommunication)],
  };
}

function openCommunication(plan: PlannedOrSkipped): OpenCommunication {
  return { id: plan.communicationId, name: plan.name, status: 'Planned' };
}

/** Values with changes applied; null resets. The same object when nothing changes. */
export function changedValues(values: FieldValues, changes: Readonly<Record<string, FieldValue | null>>): FieldValues {
  const names = Object.keys(changes);
  if (names.length === 0) return values;
  const changed: Record<string, FieldValue | null | undefined> = { ...values };
  for (const name of names) {
    const value = changes[name];
    if (value === null || value === undefined) delete changed[name];
    else changed[name] = value;
  }
  return changed;
}
