import { timeZone } from '@poinciana/campaign-definition';
import { type Activity, summedActivity } from './activity.js';
import {
  type ActivityPoint,
  type ActivityQuery,
  type ActivitySum,
  ActivityView,
  type Interval,
  type NodeVisits,
} from './activity-view.js';

const MINUTE_MS = 60_000;

/** The twin for tests; the views of the same tests move its cells. */
export class InMemoryActivityView extends ActivityView {
  private cells: readonly Activity[] = [];

  move(moves: readonly Activity[]): void {
    this.cells = summedActivity([...this.cells, ...moves]);
  }

  override async points(query: ActivityQuery, interval: Interval, zone: string): Promise<readonly ActivityPoint[]> {
    const points = this.of(query).map(({ campaignId, moment, quarterHour, state, count }) => ({
      campaignId,
      moment,
      at: intervalOf(quarterHour, interval, zone),
      state,
      count,
    }));
    return summed(points, ['at', 'campaignId', 'moment', 'state']);
  }

  override async sums(query: ActivityQuery): Promise<readonly ActivitySum[]> {
    const cells = this.of(query).map(({ workspace: _, quarterHour: _q, version: _v, ...cell }) => cell);
    return summed(cells, [
      'campaignId',
      'moment',
      'flowId',
      'nodeId',
      'subject',
      'channelType',
      'agentId',
      'state',
      'code',
    ]);
  }

  override async visits(query: ActivityQuery): Promise<readonly NodeVisits[]> {
    const visits = this.in(query)
      .filter(({ moment }) => moment === 'visited')
      .map(({ flowId, version, nodeId, state, count }) => ({ flowId, version, nodeId, output: state, count }));
    return summed(visits, ['flowId', 'version', 'nodeId', 'output']);
  }

  private of(query: ActivityQuery): readonly Activity[] {
    return this.in(query).filter(({ moment }) => moment !== 'visited');
  }

  private in({ workspace, campaignIds, from, before }: ActivityQuery): readonly Activity[] {
    return this.cells.filter(
      (cell) =>
        cell.workspace === workspace &&
        campaignIds.includes(cell.campaignId) &&
        cell.quarterHour >= from &&
        cell.quarterHour < before,
    );
  }
}

function summed<Row extends { readonly count: number; readonly seconds?: number }>(
  rows: readonly Row[],
  by: readonly (keyof Row)[],
): readonly Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = by.map((part) => String(row[part])).join('\u0000');
    const sum = sums.get(key);
    const seconds = row.seconds === undefined ? {} : { seconds: (sum?.seconds ?? 0) + row.seconds };
    sums.set(key, { ...row, count: (sum?.count ?? 0) + row.count, ...seconds });
  }
  return [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function intervalOf(quarterHour: string, interval: Interval, zone: string): string {
  const clock = timeZone(zone);
  const local = new Date(clock.localTime(Date.parse(quarterHour)));
  if (interval === 'hour') return new Date(Date.parse(quarterHour) - local.getUTCMinutes() * MINUTE_MS).toISOString();
  local.setUTCHours(0, 0, 0, 0);
  if (interval === 'week') local.setUTCDate(local.getUTCDate() - ((local.getUTCDay() + 6) % 7));
  if (interval === 'month') local.setUTCDate(1);
  return new Date(clock.instantOf(local.getTime())).toISOString();
}
