import type { TriggerType } from '@poinciana/campaign-definition';
import {
  type CommunicationOutcome,
  type CompiledFlow,
  type ParticipantState,
  NO_ANSWERS,
  type RunsDecision,
  type RunsInput,
  decideInRounds,
  decideRuns,
} from '@poinciana/flow-engine';
import type { WorkspaceSignals } from '../contact-hours.js';

/** What is tried out: the flows, the first of which is the one in question, and the instant that it pretends to be. */
export interface DryRunTerms {
  readonly flows: readonly CompiledFlow[];
  /** Those that are not active at present, and are taken as they would be if they were. */
  readonly takenAsActive?: ReadonlySet<string>;
  readonly trigger: TriggerType;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly workspaceZone: string;
  readonly workspaceSignals?: WorkspaceSignals;
}

/** Decides what would happen, by the very function that decides what does; nothing is stored and nothing is sent. */
export function dryRun(
  { flows, takenAsActive = new Set(), trigger, at, workspaceZone, workspaceSignals = {} }: DryRunTerms,
  participant: ParticipantState,
  name: string,
  communication?: CommunicationOutcome,
): RunsDecision {
  const fired = { type: trigger, eventId: name, now: at, hop: 0 };
  const input = {
    flows,
    takenAsActive,
    trigger: communication === undefined ? fired : { ...fired, communication },
    participant,
    workspaceZone,
    workspaceSignals,
  };
  const decision = decideRuns(input);
  return decision.questions.length === 0 ? decision : withoutPython(input);
}

/** Nobody evaluates Python here: a run that needs it says `python_unavailable`, as it does where there is no runtime. */
function withoutPython(input: RunsInput): RunsDecision {
  const rounds = decideInRounds([input], (each, answers) => decideRuns({ ...each, answers }));
  for (;;) {
    const round = rounds.next(NO_ANSWERS);
    const [decision] = round.done === true ? round.value : [];
    if (decision !== undefined) return decision;
  }
}

/** The flow in question, and the others of its campaign as far as it can move people to them. */
export function triedOut(flow: CompiledFlow, others: readonly CompiledFlow[]): readonly CompiledFlow[] {
  return [flow, ...others.filter(({ id }) => id !== flow.id).map(onlyTarget)];
}

function onlyTarget(flow: CompiledFlow): CompiledFlow {
  const start = flow.triggers['from-another-flow'];
  return { ...flow, triggers: start === undefined ? {} : { 'from-another-flow': start } };
}
