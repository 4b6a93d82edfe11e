import { render, type MessageParameters } from './messages/render.js';
import { PROBLEM_MESSAGES } from './messages/problem-messages.js';

/** An error blocks activation; a warning does not. */
export type Severity = 'error' | 'warning';

/** One thing that is wrong or doubtful in a definition. `code` is stable; the sentence is for people. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly sentence: string;
  readonly nodeId?: string;
  readonly setting?: string;
  readonly parameters: MessageParameters;
}

export interface ProblemPlace {
  readonly nodeId?: string;
  readonly setting?: string;
  readonly severity?: Severity;
}

/** A problem whose sentence comes from the catalogue of messages. */
export function problem(code: string, parameters: MessageParameters = {}, place: ProblemPlace = {}): Problem {
  return {
    code,
    severity: place.severity ?? 'error',
    sentence: render(PROBLEM_MESSAGES, code, parameters),
    ...(place.nodeId === undefined ? {} : { nodeId: place.nodeId }),
    ...(place.setting === undefined ? {} : { setting: place.setting }),
    parameters,
  };
}
