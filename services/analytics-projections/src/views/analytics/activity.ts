/**
 * What is rolled up by the quarter of an hour, which every zone's hours and days are made of, and what the parts of a cell's name mean. Everything but `visited` is a function of the rows as
 * they are now, so cells move with their rows, late events included.
 *
 * | moment | quarter of an hour of | flow, node, subject, channel, agent | state | code |
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
  /** The first instant of the quarter of an hour, ISO 8601 in UTC. */
  readonly quarterHour: string;
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

/** The first instant of the quarter of an hour of an instant, ISO 8601 in UTC. */
export function quarterHourOf(instant: string): string {
  const minutes = Math.floor(Number(instant.slice(14, 16)) / 15) * 15;
  return `${instant.slice(0, 14)}${String(minutes).padStart(2, '0')}:00.000Z`;
}

/** The same in SQL. */
export function quarterHourSql(instant: string): string {
  return `date_bin('15 minutes', ${instant}, timestamptz '2000-01-01 00:00Z')`;
}

/** Moves of the same cell become one; those that come to nothing vanish. */
export function summedActivity(moves: readonly Activity[]): readonly Activity[] {
  const sums = new Map<string, { readonly move: Activity; count: number; seconds: number }>();
  for (const move of moves) {
    const { count, seconds } = move;
    const key = cellKey(move);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { move, count, seconds });
    else {
      sum.count += count;
      sum.seconds += seconds;
    }
  }
  return [...sums.values()].flatMap(({ move, count, seconds }) => (count === 0 ? [] : [{ ...move, count, seconds }]));
}

/** Part by part, because this is asked for every node that every run of a replay came to. */
function cellKey(cell: ActivityCell): string {
  const { workspace, campaignId, moment, quarterHour, flowId, version, nodeId, subject, channelType, agentId } = cell;
  const place = `${workspace}\u0000${campaignId}\u0000${moment}\u0000${quarterHour}\u0000${flowId}\u0000${version}`;
  return `${place}\u0000${nodeId}\u0000${subject}\u0000${channelType}\u0000${agentId}\u0000${cell.state}\u0000${cell.code}`;
}
