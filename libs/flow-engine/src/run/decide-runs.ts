import { timeZone, type ChannelType, type TimeZone, type TriggerType } from '@poinciana/campaign-definition';
import type { CompiledFlow } from '../compile/compile-flow.js';
import { NO_ANSWERS, type PythonAnswers, type PythonQuestion } from '../python/question.js';
import type { HourlySignals } from '../send-times/best-hours.js';
import { HOPS_MAX, RUNS_PER_EVENT_MAX } from './bounds.js';
import type { CutRun, FlowRun, RunCause } from './flow-run.js';
import {
  changedValues,
  participantAfter,
  type CommunicationOutcome,
  type FieldValues,
  type ParticipantState,
} from './participant-state.js';
import { netChanges, walkFlow } from './run-flow.js';
import { Walk } from './walk.js';

/** What fired, for one participant. */
export interface RunTrigger {
  readonly type: TriggerType;
  /** The event in the log that fired it. */
  readonly eventId: string;
  /** The instant at which it fired, ISO 8601 in UTC: now and Today of its runs (A60); for people caught up at Start, that of Start. */
  readonly now: string;
  /** 0 for an outside event, one more for each run between (A11). */
  readonly hop: number;
  /** The communication that fired it, as it was then; conditions see it as Communication Results ([W]6). */
  readonly communication?: CommunicationOutcome;
  /** Participant Updated: the names of the fields that changed. */
  readonly changedFields?: readonly string[];
}

/** How the ids of runs and communications follow from their causes. */
export interface RunIdentity {
  ofEvent(eventId: string, flowId: string): string;
  ofFlow(sourceRunId: string, nodeId: string, flowId: string): string;
  ofCommunication(runId: string, nodeId: string): string;
}

/** Ids that are readable and unique as long as their parts are. */
export const JOINED_IDENTITY: RunIdentity = {
  ofEvent: (eventId, flowId) => `${eventId}/${flowId}`,
  ofFlow: (sourceRunId, nodeId, flowId) => `${sourceRunId}/${nodeId}/${flowId}`,
  ofCommunication: (runId, nodeId) => `${runId}/${nodeId}`,
};

export interface RunsInput {
  /** The active flows of the campaign in list order. */
  readonly flows: readonly CompiledFlow[];
  /** Those of the flows that are not active, which a dry run takes as if they were. */
  readonly takenAsActive?: ReadonlySet<string>;
  readonly trigger: RunTrigger;
  readonly participant: ParticipantState;
  readonly workspaceZone: string;
  readonly identity?: RunIdentity;
  /** Runs of this participant that followed from the same outside event before (A93). */
  readonly runsBefore?: number;
  /** When people of the workspace read or replied, by channel ([C]5). */
  readonly workspaceSignals?: Partial<Readonly<Record<ChannelType, HourlySignals>>>;
  /** Answers to the questions of an earlier call with the same input. */
  readonly answers?: PythonAnswers;
}

/**
 * The runs in the order in which they were decided: a flow, then the flows it moved the participant to, then its next sibling.
 * With questions there are neither runs nor cuts: they must be answered first.
 */
export interface RunsDecision {
  readonly runs: readonly FlowRun[];
  readonly cuts: readonly CutRun[];
  readonly questions: readonly PythonQuestion[];
}

/**
 * Decides what one trigger does for one participant: a run for every active flow that has the trigger. Pure, synchronous
 * and deterministic. Where Python is needed first, the answer is its questions: call again from the start with all answers so
 * far, at most once more for every question. Siblings see the field values of the event, and the plans and cancels of those before them (A12).
 * Throws a RangeError for a zone that is none and an instant that is none; a definition cannot make it throw.
 */
export function decideRuns(input: RunsInput): RunsDecision {
  const { trigger, flows, participant } = input;
  const deciding = new Deciding(input);
  for (const flow of flows) {
    const start = flow.triggers[trigger.type];
    if (start === undefined) continue;
    const cause: RunCause = { kind: 'event', eventId: trigger.eventId };
    deciding.start({ flow, start, trigger: trigger.type, cause, hop: trigger.hop, values: participant.values });
  }
  const { runs, cuts, questions } = deciding;
  return questions.length > 0 ? { runs: [], cuts: [], questions } : { runs, cuts, questions };
}

interface RunStart {
  readonly flow: CompiledFlow;
  readonly start: number;
  readonly trigger: TriggerType;
  readonly cause: RunCause;
  readonly hop: number;
  readonly values: FieldValues;
}

class Deciding {
  readonly runs: FlowRun[] = [];
  readonly cuts: CutRun[] = [];
  questions: readonly PythonQuestion[] = [];
  private settled: ParticipantState;
  private last: FlowRun | undefined;
  private readonly zone: TimeZone;
  private readonly now: number;
  private readonly identity: RunIdentity;

  constructor(private readonly input: RunsInput) {
    this.settled = input.participant;
    this.zone = timeZone(input.participant.zone ?? input.workspaceZone);
    this.now = Date.parse(input.trigger.now);
    if (Number.isNaN(this.now)) throw new RangeError('The instant of a trigger must be ISO 8601');
    this.identity = input.identity ?? JOINED_IDENTITY;
  }

  start(start: RunStart): void {
    if (this.questions.length > 0) return;
    const { flow, trigger, cause, hop } = start;
    const code = this.cutCode(hop);
    if (code !== undefined) {
      this.cuts.push({ code, flowId: flow.id, trigger, cause, hop });
      return;
    }
    if (this.last !== undefined) this.settled = participantAfter(this.settled, this.last);
    const runId = this.runId(cause, flow.id);
    const walk = this.walk(runId, start);
    if (walk.questions.length > 0) {
      this.questions = walk.questions;
      return;
    }
    const run = this.finish(runId, start, walk);
    this.last = run;
    this.runs.push(run);
    for (const move of walk.moves)
      this.move(run, move.nodeId, move.flowId, changedValues(start.values, walk.assigned ?? {}));
  }

  private cutCode(hop: number): CutRun['code'] | undefined {
    if (hop > HOPS_MAX) return 'chain_too_long';
    return (this.input.runsBefore ?? 0) + this.runs.length >= RUNS_PER_EVENT_MAX ? 'too_many_runs' : undefined;
  }

  private runId(cause: RunCause, flowId: string): string {
    if (cause.kind === 'event') return this.identity.ofEvent(cause.eventId, flowId);
    return this.identity.ofFlow(cause.runId, cause.nodeId, flowId);
  }

  private walk(runId: string, { flow, start, values, trigger: type }: RunStart): Walk {
    const { participant, trigger } = this.input;
    const changedFields = type === 'participant-updated' ? trigger.changedFields : undefined;
    const walk = new Walk({
      runId,
      now: this.now,
      zone: this.zone,
      values,
      outcome: trigger.communication ?? participant.lastEnded,
      openCommunications: this.settled.openCommunications,
      sentNames: participant.sentNames,
      contactSignals: participant.contactSignals,
      workspaceSignals: this.input.workspaceSignals,
      fields: flow.fields,
      answers: this.input.answers ?? NO_ANSWERS,
      communicationId: (nodeId) => this.identity.ofCommunication(runId, nodeId),
      isTarget: (flowId) => this.target(flowId) !== undefined,
      isTakenAsActive: (flowId) => this.input.takenAsActive?.has(flowId) === true,
    });
    walkFlow(flow, start, walk);
    const [first] = walk.steps;
    if (first !== undefined && changedFields !== undefined) first.fields = changedFields;
    return walk;
  }

  private finish(runId: string, { flow, trigger, cause, hop }: RunStart, walk: Walk): FlowRun {
    const fieldValues = netChanges(walk.assigned, this.settled.values, flow.fields);
    const run: { -readonly [Name in keyof FlowRun]: FlowRun[Name] } = {
      id: runId,
      flowId: flow.id,
      flowVersion: flow.version,
      trigger,
      cause,
      now: this.input.trigger.now,
      hop,
      steps: walk.steps,
      fieldChanges: Object.keys(fieldValues),
      plans: walk.plans,
      cancels: walk.cancels,
      personal: { compared: walk.compared, fieldValues, communications: walk.communications },
    };
    if (walk.failure !== undefined) run.failure = walk.failure;
    return run;
  }

  /** The run of a target starts after its source is decided and sees its effects (A14). */
  private move(source: FlowRun, nodeId: string, flowId: string, values: FieldValues): void {
    const flow = this.target(flowId);
    const start = flow?.triggers['from-another-flow'];
    if (flow === undefined || start === undefined) return;
    const cause: RunCause = { kind: 'flow', runId: source.id, nodeId };
    this.start({ flow, start, trigger: 'from-another-flow', cause, hop: source.hop + 1, values });
  }

  private target(flowId: string): CompiledFlow | undefined {
    return this.input.flows.find((flow) => flow.id === flowId && flow.triggers['from-another-flow'] !== undefined);
  }
}
