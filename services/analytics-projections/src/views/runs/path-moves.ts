import { type Counted, type CounterName, summedMoves } from '../counters/campaign-counter.js';
import { type Activity, NO_CELL_PARTS, quarterHourOf } from '../analytics/activity.js';
import type { FlowRunFacts } from './flow-run-facts.js';

/** The way that a participant's last run took through a flow from one of its triggers. */
export interface ParticipantPath {
  readonly participantId: string;
  readonly flowId: string;
  readonly trigger: string;
  /** '' as long as no run got anywhere. */
  readonly path: string;
  /** The number in the log of the last run that was counted. */
  readonly position: number;
}

/** What a batch of runs changes: the last ways, and the counters. */
export interface PathMoves {
  readonly paths: readonly ParticipantPath[];
  readonly moves: readonly Counted[];
  readonly visits: readonly Activity[];
}

/** Runs in log order, and what is known of their participants. A run that was counted before counts no more. */
export function pathMoves(known: readonly ParticipantPath[], runs: readonly FlowRunFacts[]): PathMoves {
  const paths = new Map(known.map((path) => [keyOf(path), path]));
  const changed = new Map<string, ParticipantPath>();
  const moves: Counted[] = [];
  const visits = new Visits();
  for (const run of runs) {
    const key = keyOf(run);
    const before = paths.get(key);
    if (before !== undefined && before.position >= run.position) continue;
    const { participantId, flowId, trigger, position } = run;
    const after = { participantId, flowId, trigger, position, path: run.path === '' ? (before?.path ?? '') : run.path };
    moves.push(...movesOf(run, before?.path ?? '', after.path));
    visits.add(run);
    paths.set(key, after);
    changed.set(key, after);
  }
  return { paths: [...changed.values()], moves: summedMoves(moves), visits: visits.activity };
}

/** Each cell is built once for a batch; every further run that comes to the node only adds to it. */
class Visits {
  private readonly cells = new Map<string, { readonly cell: Omit<Activity, 'count'>; count: number }>();

  add({ workspace, campaignId, flowId, flowVersion: version, time, visits }: FlowRunFacts): void {
    const quarterHour = quarterHourOf(time);
    const place = `${workspace} ${campaignId} ${quarterHour} ${version} ${flowId}`;
    for (const { nodeId, output: state } of visits) {
      const key = `${place}\u0000${nodeId}\u0000${state}`;
      const known = this.cells.get(key);
      if (known !== undefined) known.count += 1;
      else {
        const part = { workspace, campaignId, moment: 'visited', quarterHour, flowId, version, nodeId, state } as const;
        this.cells.set(key, { cell: { ...NO_CELL_PARTS, ...part, seconds: 0 }, count: 1 });
      }
    }
  }

  get activity(): readonly Activity[] {
    return [...this.cells.values()].map(({ cell, count }) => ({ ...cell, count }));
  }
}

function movesOf(run: FlowRunFacts, before: string, after: string): readonly Counted[] {
  const move = (measure: CounterName['measure'], detail: string, count: number): Counted => {
    const { workspace, campaignId, flowId, trigger } = run;
    return { workspace, campaignId, measure, subject: flowId, state: trigger, detail, count };
  };
  const people = before === after ? [] : [move('people', before, -1), move('people', after, 1)];
  return [
    move('runs', run.failure, 1),
    ...run.notes.map((code) => move('notes', code, 1)),
    ...people.filter(({ detail }) => detail !== ''),
  ];
}

function keyOf({ participantId, flowId, trigger }: Omit<ParticipantPath, 'path' | 'position'>): string {
  return `${participantId} ${flowId} ${trigger}`;
}
