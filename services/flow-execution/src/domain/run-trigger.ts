import type { Activation, KnownCampaign } from '@poinciana/campaign-definition';
import { derivedId } from '@poinciana/event-sourcing';
import {
  type CompiledFlow,
  type CutRun,
  type FlowRun,
  type RunIdentity,
  type RunsDecision,
  decideRuns,
  participantAfter,
} from '@poinciana/flow-engine';
import { type FlowParticipant, runsOf, withRuns } from './flow-participant.js';
import type { Firing } from './trigger-of-event.js';

/** A run, or one that was cut, with what fired it. */
export interface DecidedRun {
  readonly firing: Firing;
  readonly caughtUp: boolean;
  readonly run: FlowRun | CutRun;
}

/** What a run did, as far as the runs after it see it. */
export type RunEffects = Pick<FlowRun, 'cancels' | 'plans'> & {
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
  /** The flows of an activation, compiled, in list order. */
  flowsOf(activation: Activation): readonly CompiledFlow[];
  /** The runs that an event fired and that are stored already, by the event's id. */
  readonly stored?: ReadonlyMap<string, StoredRuns>;
}

/** Ids of runs follow from what fired them and the flow, those of communications from run and node (A14). */
const identity: RunIdentity = {
  ofEvent: (eventId, flowId) => derivedId('run', eventId, flowId),
  ofFlow: (sourceRunId, nodeId, flowId) => derivedId('run', sourceRunId, nodeId, flowId),
  ofCommunication: (runId, nodeId) => derivedId('communication', runId, nodeId),
};

/** Lets one trigger go through the flows of an activation, and folds what they did. */
export function runTrigger(
  participant: FlowParticipant,
  firing: Firing,
  running: Running & { readonly activation: Activation; readonly caughtUp: boolean },
): { readonly participant: FlowParticipant; readonly runs: readonly DecidedRun[] } {
  const stored = running.stored?.get(firing.eventId);
  if (stored !== undefined) {
    return { participant: { ...folded(participant, firing, stored.effects), runsRevision: stored.revision }, runs: [] };
  }
  const { runs, cuts } = decide(participant, firing, running);
  const { caughtUp } = running;
  const decided = [...runs, ...cuts].map((run) => ({ firing, caughtUp, run }));
  const runsRevision = participant.runsRevision + decided.length;
  return { participant: { ...folded(participant, firing, runs), runsRevision }, runs: decided };
}

function decide(
  participant: FlowParticipant,
  { trigger, eventId, time, hop, communication, correlation }: Firing,
  { flowsOf, activation, workspaceZone }: Running & { readonly activation: Activation },
): RunsDecision {
  return decideRuns({
    flows: flowsOf(activation),
    trigger: { type: trigger, eventId, now: time, hop, ...(communication === undefined ? {} : { communication }) },
    participant: participant.seen,
    workspaceZone,
    identity,
    runsBefore: runsOf(participant, correlation),
  });
}

function folded(participant: FlowParticipant, firing: Firing, runs: readonly RunEffects[]): FlowParticipant {
  const seen = runs.reduce(participantAfter, participant.seen);
  return withRuns({ ...participant, seen }, firing.correlation, runs.length);
}
