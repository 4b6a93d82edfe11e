/**
 * What is counted of a campaign, and what the parts of a counter's name mean:
 *
 * | measure | subject | state | detail |
 * |---|---|---|---|
 * | participants | | | |
 * | communications | communication name | status | code of the reason, or '' |
 * | runs | flow id | trigger | code of the failure, or '' |
 * | people | flow id | trigger | the way of a person's last run, see `pathOf` |
 * | notes | flow id | trigger | code that a step of a run noted |
 */
export type Measure = 'participants' | 'communications' | 'runs' | 'people' | 'notes';

export interface CounterName {
  readonly campaignId: string;
  readonly measure: Measure;
  readonly subject: string;
  readonly state: string;
  readonly detail: string;
}

/** A counter, or by how much one moves. */
export interface Counted extends CounterName {
  readonly workspace: string;
  readonly count: number;
}

/** No name holds it, so that names joined by it are told apart. */
const BETWEEN = '\u0000';

/** Moves of the same counter become one; those that come to nothing vanish. */
export function summedMoves(moves: readonly Counted[]): readonly Counted[] {
  const sums = new Map<string, { readonly move: Counted; count: number }>();
  for (const move of moves) {
    const { workspace, campaignId, measure, subject, state, detail, count } = move;
    const key = [workspace, campaignId, measure, subject, state, detail].join(BETWEEN);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { move, count });
    else sum.count += count;
  }
  return [...sums.values()].flatMap(({ move, count }) => (count === 0 ? [] : [{ ...move, count }]));
}
