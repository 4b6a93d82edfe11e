import type { FieldType } from '@poinciana/campaign-definition';
import type { CommunicationOutcome, FieldValues } from '../run/participant-state.js';

/** What Python code sees of the run (A60, A76): values by field name, as the nodes before left them. */
export interface PythonFacts {
  readonly participant: FieldValues;
  readonly customer: FieldValues;
  readonly communication?: CommunicationOutcome;
  /** The instant of the trigger, ISO 8601 in UTC. */
  readonly now: string;
  /** `YYYY-MM-DD` in the zone. */
  readonly today: string;
  /** The participant's IANA zone. */
  readonly zone: string;
  /** The type of every field of the campaign: a value arrives in Python as its type says. */
  readonly types: Readonly<Record<string, FieldType>>;
}

/** Code whose result a run needs before it can be decided. Plain JSON. */
export interface PythonQuestion {
  /** Run, node and setting: the same question has the same id whenever it is asked. */
  readonly id: string;
  /** An expression gives a value, the script of a Python Custom Action the dict of its `run` (A77, A78). */
  readonly kind: 'expression' | 'action';
  readonly code: string;
  readonly nodeId: string;
  readonly facts: PythonFacts;
}

export type PythonErrorCode = 'python_error' | 'python_timeout' | 'python_unavailable';

/** What came of it. `value` is plain JSON: dates as `YYYY-MM-DD`, datetimes as ISO 8601, None as null. */
export type PythonAnswer =
  | { readonly outcome: 'value'; readonly value: unknown; readonly log?: readonly string[] }
  | {
      readonly outcome: 'error';
      readonly code: PythonErrorCode;
      readonly traceback?: string;
      readonly log?: readonly string[];
    };

/** Answers by the id of their question. */
export type PythonAnswers = ReadonlyMap<string, PythonAnswer>;

export const NO_ANSWERS: PythonAnswers = new Map();
