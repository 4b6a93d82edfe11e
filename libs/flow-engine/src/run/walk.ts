import type { ChannelType, FieldDefinition, FieldValue, TimeZone } from '@poinciana/campaign-definition';
import { formatDay, jsonBytes } from '@poinciana/campaign-definition';
import type { PythonAnswer, PythonAnswers, PythonErrorCode, PythonQuestion } from '../python/question.js';
import { pythonFacts } from '../python/facts.js';
import type { HourlySignals } from '../send-times/best-hours.js';
import type { Cancel, Compared, Plan, PlanPersonal, RunFailure, Step } from './flow-run.js';
import { RUN_BYTES_MAX } from './bounds.js';
import type { CommunicationOutcome, FieldValues, OpenCommunication } from './participant-state.js';
import { tracedLog, tracedTraceback } from './traced-value.js';

/** A step while it is being made. */
export type StepDraft = { -readonly [Name in keyof Step]: Step[Name] };

/** What a run is given. */
export interface WalkInput {
  readonly runId: string;
  /** The instant of the trigger, in milliseconds, and as ISO 8601. */
  readonly now: number;
  readonly zone: TimeZone;
  /** Field values at the event, or after the run that moved the participant here (A12, A14). */
  readonly values: FieldValues;
  /** The communication that fired the trigger, else the last ended one ([W]6). */
  readonly outcome: CommunicationOutcome | undefined;
  readonly openCommunications: readonly OpenCommunication[];
  readonly sentNames: readonly string[];
  readonly contactSignals: HourlySignals | undefined;
  readonly workspaceSignals: Partial<Readonly<Record<ChannelType, HourlySignals>>> | undefined;
  /** The fields of the campaign, by name. */
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  readonly answers: PythonAnswers;
  readonly communicationId: (nodeId: string) => string;
  /** Whether a flow is active and can be moved to. */
  readonly isTarget: (flowId: string) => boolean;
  /** Whether a flow that can be moved to is active only in this dry run. */
  readonly isTakenAsActive: (flowId: string) => boolean;
}

/** Python code that a node wants to have evaluated, and the setting it stands in. */
export interface Asked {
  readonly nodeId: string;
  readonly setting: string;
  readonly kind: PythonQuestion['kind'];
  readonly code: string;
}

/** One run while it goes from node to node: what it sees and what it has asked for so far. */
export class Walk {
  readonly steps: StepDraft[] = [];
  readonly compared: Record<string, Compared> = {};
  readonly plans: Plan[] = [];
  /** Without a prototype: a dictionary from the start, because every id is a name that was never there before. */
  readonly communications: Record<string, PlanPersonal> = Object.create(null) as Record<string, PlanPersonal>;
  readonly cancels: Cancel[] = [];
  readonly moves: { readonly nodeId: string; readonly flowId: string }[] = [];
  failure: RunFailure | undefined;
  /** What must be answered before the run can go on; with any, what it did so far is thrown away. */
  readonly questions: PythonQuestion[] = [];
  /** The code of what Python raised in the node that is being executed. */
  raised: PythonErrorCode | 'python_result' | undefined;
  private bytes = 0;
  /** Assignments so far; null resets. Absent until the first. */
  assigned: Record<string, FieldValue | null> | undefined;
  openCommunications: readonly OpenCommunication[];
  private todayNumber: number | undefined;
  private todayText: string | undefined;

  constructor(readonly input: WalkInput) {
    this.openCommunications = input.openCommunications;
  }

  /** The value of a field, after the assignments of this run ([W]8). */
  field(name: string): FieldValue | undefined {
    const assigned = this.assigned;
    const value = assigned !== undefined && Object.hasOwn(assigned, name) ? assigned[name] : this.input.values[name];
    return isFieldValue(value) ? value : undefined;
  }

  assign(name: string, value: FieldValue | null): void {
    this.assigned ??= {};
    this.assigned[name] = value;
  }

  /** The day number of Today in the participant's zone. */
  today(): number {
    this.todayNumber ??= this.input.zone.localDay(this.input.now);
    return this.todayNumber;
  }

  /** Today moved by days, as `YYYY-MM-DD`. */
  dayFromToday(days: number): string {
    if (days !== 0) return formatDay(this.today() + days);
    this.todayText ??= formatDay(this.today());
    return this.todayText;
  }

  /** The answer to Python code; undefined while there is none, which ends the walk behind this node. */
  ask({ nodeId, setting, kind, code }: Asked): PythonAnswer | undefined {
    const id = `${this.input.runId}/${nodeId}/${setting}`;
    const answer = this.input.answers.get(id);
    if (answer === undefined) {
      if (this.questions.every((question) => question.id !== id))
        this.questions.push({ id, kind, code, nodeId, facts: pythonFacts(this) });
    } else if (answer.log !== undefined && answer.log.length > 0) this.trace({ log: tracedLog(answer.log) });
    return answer;
  }

  /** Notes what Python raised; the traceback stands among the personal values, because it may quote some. */
  raise(code: NonNullable<Walk['raised']>, traceback?: string): void {
    this.raised = code;
    const step = this.steps.at(-1);
    if (step) step.code ??= code;
    if (traceback !== undefined) this.trace({ error: tracedTraceback(traceback) });
  }

  /** Counts what the run is about to keep about the person; false when it would be more than an event may hold. */
  keep(personal: unknown): boolean {
    this.bytes += jsonBytes(personal);
    return !this.isTooLarge;
  }

  /** Whether the run was about to keep more than an event may hold: the node that is being executed fails. */
  get isTooLarge(): boolean {
    return this.bytes > RUN_BYTES_MAX;
  }

  /** Stops the run at this node (A15). */
  fail(nodeId: string, code: string, detail?: string): undefined {
    this.failure = detail === undefined ? { nodeId, code } : { nodeId, code, detail };
    return undefined;
  }

  /** Keeps the personal values of the step that is being made; those that would be too much are left out. */
  trace(compared: Compared): void {
    if (!this.keep(compared)) return;
    const index = this.steps.length - 1;
    const before = this.compared[index];
    this.compared[index] = before === undefined ? compared : { ...before, ...compared };
  }
}

/** Inherited members of an object, such as `constructor`, are no values. */
function isFieldValue(value: unknown): value is FieldValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
