import { NO_ANSWERS, type PythonAnswers, type PythonQuestion } from '@poinciana/flow-engine';

/** Evaluates Python code apart from this process, many questions in one call. */
export interface PythonEvaluation {
  /** An answer for each question, an error among them where its code raised or could not run. */
  evaluate(questions: readonly PythonQuestion[]): Promise<PythonAnswers>;
}

/** There is no runtime yet: activation refuses Python, and a run that meets it says `python_unavailable`. */
export const NO_PYTHON: PythonEvaluation = { evaluate: async () => NO_ANSWERS };
