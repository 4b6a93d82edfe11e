import { type Counted, type CounterName, summedMoves } from '../counters/campaign-counter.js';
import { type Activity, hourOf, NO_CELL_PARTS, summedActivity } from '../analytics/activity.js';
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
  const visits: Activity[] = [];
  for (const run of runs) {
    const key = keyOf(run);
    const before = paths.get(key);
    if (before !== undefined && before.position >= run.position) continue;
    const { participantId, flowId, trigger, position } = run;
    const after = { participantId, flowId, trigger, position, path: run.path === '' ? (before?.path ?? '') : run.path };
    moves.push(...movesOf(run, before?.path ?? '', after.path));
    visits.push(...visitsOf(run));
    paths.set(key, after);
    changed.set(key, after);
  }
  return { paths: [...changed.values()], moves: summedMoves(moves), visits: summedActivity(visits) };
}

function visitsOf({
  workspace,
  campaignId,
  flowId,
  flowVersion: version,
  time,
  visits,
}: FlowRunFacts): readonly Activity[] {
  const cell = {
    ...NO_CELL_PARTS,
    workspace,
    campaignId,
    moment: 'visited',
    hour: hourOf(time),
    flowId,
    version,
  } as const;
  return visits.map(({ nodeId, output }) => ({ ...cell, nodeId, state: output, count: 1, seconds: 0 }));
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
