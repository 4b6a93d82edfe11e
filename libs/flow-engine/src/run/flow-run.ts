import type { ChannelType, FieldValue, Operator, TriggerType } from '@poinciana/campaign-definition';
import type { Timing } from '../send-times/timing.js';

/** What fired a run: an event, or a To Another Flow action of another run (A14). */
export type RunCause =
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'flow'; readonly runId: string; readonly nodeId: string };

/** One node of the path, without personal values. Those stand in `personal.compared` under the step's index. */
export interface Step {
  readonly nodeId: string;
  readonly type: string;
  /** The output taken; absent when the node was not executed or failed. An output without an edge ends the branch. */
  readonly output?: string;
  /** Why the node had no effect, or a lesser one: a code of the catalogue of reasons. */
  readonly code?: string;
  readonly operator?: Operator;
  /** Which sides of the comparison had no value. */
  readonly notSet?: readonly ComparedSide[];
  /** The communication that was planned here. */
  readonly communicationId?: string;
  /** The communications that were canceled here. */
  readonly canceledIds?: readonly string[];
  /** The fields that were assigned here, or whose change fired Participant Updated. */
  readonly fields?: readonly string[];
  /** The flow that the participant was moved to. */
  readonly targetFlowId?: string;
}

export type ComparedSide = 'left' | 'right' | 'upTo';

/** A value in a trace; texts are cut at TRACED_CHARACTERS_MAX and end in `…`. null is "not set". */
export type TracedValue = FieldValue | null | readonly FieldValue[];

/** Personal values of one step: both sides of a comparison, or what was assigned. */
export interface Compared {
  readonly left?: TracedValue;
  readonly right?: TracedValue;
  readonly upTo?: TracedValue;
  readonly assigned?: Readonly<Record<string, TracedValue>>;
  /** The traceback of Python code that raised. */
  readonly error?: string;
  /** What a script logged. */
  readonly log?: readonly string[];
}

/** A communication that the run asks for. Instants are ISO 8601 in UTC with milliseconds. */
export interface Plan {
  readonly communicationId: string;
  readonly nodeId: string;
  readonly name: string;
  readonly agentId: string;
  readonly channelId: string;
  readonly channelType: ChannelType;
  /** When to send; absent when it ends at once as Skipped. */
  readonly sendAt?: string;
  /** The first instant at which it is too late. */
  readonly windowEnd?: string;
  /** How long it stays open after Started. */
  readonly durationMs: number;
  readonly timing: Timing;
  /** Why it ends at once as Skipped (A8). */
  readonly skipCode?: string;
  readonly templateName?: string;
  readonly templateLanguage?: string;
}

/** What a communication says about the person. */
export interface PlanPersonal {
  readonly address?: string;
  readonly templateVariables: Readonly<Record<string, string>>;
  readonly customerContext: Readonly<Record<string, FieldValue>>;
}

export interface Cancel {
  readonly nodeId: string;
  readonly communicationIds: readonly string[];
}

/** The node at which a run stopped; what came before it holds (A15). */
export interface RunFailure {
  readonly nodeId: string;
  readonly code: string;
  /** A finer code, such as that of a value that does not fit. */
  readonly detail?: string;
}

/** Everything of a run that says something about the person, apart from the rest so that erasure can take it. */
export interface RunPersonal {
  /** By the step's index in `steps`. */
  readonly compared: Readonly<Record<string, Compared>>;
  /** The net changes by field name (A45); null resets. */
  readonly fieldValues: Readonly<Record<string, FieldValue | null>>;
  /** By communication id. */
  readonly communications: Readonly<Record<string, PlanPersonal>>;
}

/** One trigger that went through one flow for one participant: the why-trace and the effects it asks for. Plain JSON. */
export interface FlowRun {
  readonly id: string;
  readonly flowId: string;
  readonly flowVersion: number;
  readonly trigger: TriggerType;
  readonly cause: RunCause;
  /** What now and Today mean in the run (A60). */
  readonly now: string;
  readonly hop: number;
  readonly steps: readonly Step[];
  /** Names of the changed fields, in the order of the first assignment. */
  readonly fieldChanges: readonly string[];
  readonly plans: readonly Plan[];
  readonly cancels: readonly Cancel[];
  readonly failure?: RunFailure;
  readonly personal: RunPersonal;
}

/** A run that did not happen, because the chain of causes was too long (A11) or too broad (A93). */
export interface CutRun {
  readonly code: 'chain_too_long' | 'too_many_runs';
  readonly flowId: string;
  readonly trigger: TriggerType;
  readonly cause: RunCause;
  readonly hop: number;
}
