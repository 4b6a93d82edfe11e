import type { PythonAnswer, PythonAnswers, PythonQuestion } from './question.js';

/** What is decided, or asks questions first. */
export interface Deciding {
  readonly questions: readonly PythonQuestion[];
}

/**
 * Decides a batch in rounds: gives all questions of all that are not decided yet, takes their answers, and decides those again
 * from the start, until nobody asks any more. Pure: `decide` gets all answers so far, and whoever drives the generator has them
 * evaluated. A question without an answer counts as `python_unavailable`, so that it always ends.
 */
export function* decideInRounds<Input, Decision extends Deciding>(
  inputs: readonly Input[],
  decide: (input: Input, answers: PythonAnswers) => Decision,
): Generator<readonly PythonQuestion[], readonly Decision[], PythonAnswers> {
  const answers = new Map<string, PythonAnswer>();
  const decisions = inputs.map((input) => decide(input, answers));
  for (;;) {
    const questions = decisions.flatMap((decision) => decision.questions);
    if (questions.length === 0) return decisions;
    const given = yield questions;
    for (const { id } of questions) answers.set(id, given.get(id) ?? UNANSWERED);
    for (const [index, input] of inputs.entries()) {
      if (decisions[index]?.questions.length) decisions[index] = decide(input, answers);
    }
  }
}

const UNANSWERED: PythonAnswer = { outcome: 'error', code: 'python_unavailable' };
