/**
 * What is rolled up by the hour, and what the parts of a cell's name mean. Everything but `visited` is a function of the rows as
 * they are now, so cells move with their rows, late events included.
 *
 * | moment | hour of | flow, node, subject, channel, agent | state | code |
 * |---|---|---|---|---|
 * | joined | a participant's coming | | | |
 * | planned | planning | of the communication; subject is its name | status now | reason |
 * | started | start | the same | | |
 * | replied | reply | the same | upper bound of the time to reply, in seconds, or `more` | |
 * | ended | end | the same | final status | reason |
 * | visited | a run that came to a node | flow, version, node | output that it took | |
 */
export type Moment = 'joined' | 'planned' | 'started' | 'replied' | 'ended' | 'visited';

export interface ActivityCell {
  readonly workspace: string;
  readonly campaignId: string;
  readonly moment: Moment;
  /** The first instant of the hour, ISO 8601 in UTC. */
  readonly hour: string;
  readonly flowId: string;
  readonly version: number;
  readonly nodeId: string;
  readonly subject: string;
  readonly channelType: string;
  readonly agentId: string;
  readonly state: string;
  readonly code: string;
}

/** A cell, or by how much one moves. */
export interface Activity extends ActivityCell {
  readonly count: number;
  /** Of replies: the seconds from start to reply, together. */
  readonly seconds: number;
}

/** Upper bounds of the times to reply that are told apart, in seconds. */
export const REPLY_SECONDS = [60, 300, 900, 3_600, 14_400, 86_400] as const;

export const NO_CELL_PARTS = {
  flowId: '',
  version: 0,
  nodeId: '',
  subject: '',
  channelType: '',
  agentId: '',
  state: '',
  code: '',
} as const;

export function hourOf(instant: string): string {
  return `${instant.slice(0, 13)}:00:00.000Z`;
}

/** Moves of the same cell become one; those that come to nothing vanish. */
export function summedActivity(moves: readonly Activity[]): readonly Activity[] {
  const sums = new Map<string, { readonly move: Activity; count: number; seconds: number }>();
  for (const move of moves) {
    const { count, seconds, ...cell } = move;
    const key = Object.values(cell).join('\u0000');
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { move, count, seconds });
    else {
      sum.count += count;
      sum.seconds += seconds;
    }
  }
  return [...sums.values()].flatMap(({ move, count, seconds }) => (count === 0 ? [] : [{ ...move, count, seconds }]));
}
