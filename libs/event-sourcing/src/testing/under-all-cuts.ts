import { Cut, Cuts } from '../cuts/cuts.js';

/** The most cuts one scenario may have: a larger one belongs divided. */
const CUTS_MAX = 2_000;
/** How often an action is repeated before a cut that does not end is taken for a bug. */
const REPEATS_MAX = 10;

/**
 * Runs a scenario once without a cut, and then once with a cut at each point that the first run passed. The scenario builds
 * its twins with the given `cuts`, runs its input with `repeatUntilThrough`, and expects the same end every time.
 * Answers how many cuts were tried. Throws when the scenario passes no point: it would prove nothing.
 */
export async function underAllCuts(scenario: (cuts: Cuts) => Promise<void>): Promise<number> {
  const uncut = new Cuts();
  await scenario(uncut);
  const { points } = uncut;
  if (points.length === 0) throw new Error('The scenario passes no point at which it could be cut');
  if (points.length > CUTS_MAX)
    throw new Error(`The scenario passes ${points.length} points; at most ${CUTS_MAX} are tried`);
  for (const [index, point] of points.entries()) {
    const cuts = new Cuts(index + 1);
    await scenario(cuts).catch((error: unknown) => {
      throw new Error(`With a cut at point ${index + 1} of ${points.length} (${point})`, { cause: error });
    });
    if (!cuts.happened)
      throw new Error(`Point ${index + 1} (${point}) was not passed again: the scenario is not the same every time`);
  }
  return points.length;
}

/** The same input again after every cut, as a bus does it. Anything that is not a cut passes. */
export async function repeatUntilThrough<Result>(action: () => Promise<Result>): Promise<Result> {
  for (let repeat = 1; ; repeat += 1) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Cut) || repeat === REPEATS_MAX) throw error;
    }
  }
}
