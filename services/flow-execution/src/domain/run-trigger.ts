import type { Activation, KnownCampaign } from '@poinciana/campaign-definition';
import { derivedId, derivedIdBeside } from '@poinciana/event-sourcing';
import {
  type CompiledFlow,
  type CutRun,
  type FlowRun,
  type PythonAnswers,
  type PythonQuestion,
  type RunIdentity,
  type RunsDecision,
  type RunTrigger,
  decideRuns,
  participantAfter,
} from '@poinciana/flow-engine';
import type { WorkspaceSignals } from './contact-hours.js';
import { type ContactsOf, withSignals } from './contacts.js';
import { type FlowParticipant, runsOf, withRuns } from './flow-participant.js';
import type { Firing } from './trigger-of-event.js';
import { withRun } from './unconfirmed.js';

/** A run, or one that was cut, with what fired it. */
export interface DecidedRun {
  readonly firing: Firing;
  readonly caughtUp: boolean;
  readonly run: FlowRun | CutRun;
}

/** What a run did, as far as the runs after it see it. */
export type RunEffects = Pick<FlowRun, 'id' | 'cancels' | 'plans'> & {
  readonly personal: Pick<FlowRun['personal'], 'fieldValues'>;
};

/** The runs of one trigger that stand in the log already: what they did counts, whatever would be decided now. */
export interface StoredRuns {
  readonly effects: readonly RunEffects[];
  /** The revision of the last of them. */
  readonly revision: number;
}

/** What one needs to know to run the flows of a campaign. */
export interface Running {
  readonly campaign: KnownCampaign;
  readonly workspaceZone: string;
  /** As far as is known when the runs are decided; the plans record what came of it. */
  readonly workspaceSignals: WorkspaceSignals;
  /** The flows of an activation, compiled, in list order. */
  flowsOf(activation: Activation): readonly CompiledFlow[];
  /** The runs that an event fired and that are stored already, by the event's id. */
  readonly stored?: ReadonlyMap<string, StoredRuns>;
  /** As far as is known when the runs are decided. */
  readonly contactsOf?: ContactsOf;
  /** What Python answered so far. */
  readonly answers?: PythonAnswers;
}

/**
 * Ids of runs follow from what fired them and the flow, those of communications from run and node (A14); the campaign's digits keep
 * its communications together in an index.
 */
function identityIn(campaignId: string): RunIdentity {
  return {
    ofEvent: (eventId, flowId) => derivedId('run', eventId, flowId),
    ofFlow: (sourceRunId, nodeId, flowId) => derivedId('run', sourceRunId, nodeId, flowId),
    ofCommunication: (runId, nodeId) => derivedIdBeside(campaignId, 'communication', runId, nodeId),
  };
}

/** A participant after a trigger; with questions nothing is decided, and what was done is done again once they are answered. */
export interface Triggered {
  readonly participant: FlowParticipant;
  readonly runs: readonly DecidedRun[];
  readonly questions: readonly PythonQuestion[];
}

/** Lets one trigger go through the flows of an activation, and folds what they did. */
export function runTrigger(
  participant: FlowParticipant,
  firing: Firing,
  running: Running & { readonly activation: Activation; readonly caughtUp: boolean },
): Triggered {
  const stored = running.stored?.get(firing.eventId);
  if (stored !== undefined) {
    const known = folded(participant, firing, stored.effects);
    return { participant: { ...known, runsRevision: stored.revision }, runs: [], questions: [] };
  }
  const { runs, cuts, questions } = decide(participant, firing, running);
  if (questions.length > 0) return { participant, runs: [], questions };
  const { caughtUp } = running;
  const decided = [...runs, ...cuts].map((run) => ({ firing, caughtUp, run }));
  const runsRevision = participant.runsRevision + decided.length;
  return { participant: { ...folded(participant, firing, runs), runsRevision }, runs: decided, questions };
}

function decide(
  participant: FlowParticipant,
  firing: Firing,
  running: Running & { readonly activation: Activation; readonly caughtUp: boolean },
): RunsDecision {
  const { flowsOf, activation, caughtUp, workspaceZone, workspaceSignals, answers } = running;
  const decidedAt = caughtUp ? activation.startedAt.number : firing.number;
  const contacts = running.contactsOf?.(participant.customerId, decidedAt) ?? [];
  return decideRuns({
    flows: listening(flowsOf(activation), firing),
    trigger: runTriggerOf(firing),
    participant: withSignals(participant, contacts, firing.time, workspaceZone),
    workspaceZone,
    workspaceSignals,
    identity: identityIn(participant.campaignId),
    runsBefore: runsOf(participant, firing.correlation),
    ...(answers === undefined ? {} : { answers }),
  });
}

/** An incoming session concerns a campaign only where an active flow writes through its agent ([W]4, A17). */
function listening(flows: readonly CompiledFlow[], { agentId }: Firing): readonly CompiledFlow[] {
  if (agentId === undefined) return flows;
  return flows.some((flow) => flow.agentIds.includes(agentId)) ? flows : [];
}

function runTriggerOf({ trigger, eventId, time, hop, communication, changedFields }: Firing): RunTrigger {
  return {
    type: trigger,
    eventId,
    now: time,
    hop,
    ...(communication === undefined ? {} : { communication }),
    ...(changedFields === undefined ? {} : { changedFields }),
  };
}

function folded(participant: FlowParticipant, firing: Firing, runs: readonly RunEffects[]): FlowParticipant {
  const seen = runs.reduce(participantAfter, participant.seen);
  const unconfirmed = runs.reduce(withRun, participant.unconfirmed);
  return withRuns({ ...participant, seen, unconfirmed }, firing.correlation, runs.length);
}
