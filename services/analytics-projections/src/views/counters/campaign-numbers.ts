import {
  type CommunicationStatus,
  isFinalStatus,
  isReasonCode,
  type KnownCampaign,
  nodeType,
  REASONS,
  reason,
  statusGroup,
  type StatusGroup,
} from '@poinciana/campaign-definition';
import { newestFlow } from '../../definitions/definitions.js';
import type { Counted, Measure } from './campaign-counter.js';

export interface NamedCommunications {
  readonly name: string;
  readonly total: number;
  readonly statuses: Readonly<Record<string, number>>;
}

export interface FlowRuns {
  readonly flowId: string;
  readonly flowName: string;
  /** The title of the trigger. */
  readonly trigger: string;
  readonly runs: number;
  readonly failed: number;
  /** People by the way that the last run of each took, the most frequent first. */
  readonly paths: readonly PeopleOnPath[];
}

export interface PeopleOnPath {
  /** Ids of the nodes: the actions that were reached, else where it ended. */
  readonly nodeIds: readonly string[];
  /** The same in words: `Early reminder`, or `stopped at Due today or later (Else)`. */
  readonly title: string;
  readonly people: number;
}

export interface ReasonCount {
  readonly code: string;
  /** null: no communication was made at all (A8). */
  readonly status: string | null;
  readonly count: number;
  readonly sentence: string;
  readonly advice: string;
}

/** The numbers of a campaign. Those of communications add up: by name, by status, by group and in total. */
export interface CampaignNumbers {
  readonly participants: number;
  readonly communications: {
    readonly total: number;
    readonly groups: Readonly<Record<StatusGroup, number>>;
    readonly statuses: Readonly<Record<string, number>>;
    readonly names: readonly NamedCommunications[];
  };
  readonly runs: { readonly total: number; readonly failed: number; readonly flows: readonly FlowRuns[] };
  /** Reasons of communications and of runs. */
  readonly reasons: readonly ReasonCount[];
}

export function campaignNumbers(counters: readonly Counted[], campaign: KnownCampaign): CampaignNumbers {
  const of = (measure: Measure) => counters.filter((counter) => counter.measure === measure);
  const runs = of('runs');
  return {
    participants: total(of('participants')),
    communications: communicationNumbers(of('communications')),
    runs: {
      total: total(runs),
      failed: total(runs.filter(({ detail }) => detail !== '')),
      flows: flowRuns(runs, of('people'), campaign),
    },
    reasons: [
      ...reasonCounts(of('communications').filter(({ detail }) => detail !== '')),
      ...runReasons(runs, of('notes')),
    ],
  };
}

/** Why something was not sent, the most frequent first: final statuses that carry a code, and what was not even planned. */
export function notSent(counters: readonly Counted[]): readonly ReasonCount[] {
  const ended = counters.filter(
    ({ measure, state, detail }) =>
      measure === 'communications' && detail !== '' && isFinalStatus(state as CommunicationStatus),
  );
  const notPlanned = counters.filter(
    ({ measure, detail }) => measure === 'notes' && isReasonCode(detail) && REASONS[detail] === 'noPlan',
  );
  return byCount([...reasonCounts(ended), ...runReasons([], notPlanned)]);
}

/** The numbers that a page shows while it is open: those that change with every event. */
export interface LiveNumbers {
  readonly participants: number;
  readonly communications: Omit<CampaignNumbers['communications'], 'names'>;
}

export function liveNumbers(counters: readonly Counted[]): LiveNumbers {
  const of = (measure: Measure) => counters.filter((counter) => counter.measure === measure);
  const { names: _, ...communications } = communicationNumbers(of('communications'));
  return { participants: total(of('participants')), communications };
}

function communicationNumbers(counters: readonly Counted[]): CampaignNumbers['communications'] {
  const groups: Record<StatusGroup, number> = { inProgress: 0, successful: 0, notCompleted: 0 };
  for (const { state, count } of counters) groups[statusGroup(state as CommunicationStatus)] += count;
  const names = grouped(counters, ({ subject }) => subject).map(([name, own]) => ({
    name,
    total: total(own),
    statuses: statuses(own),
  }));
  return {
    total: total(counters),
    groups,
    statuses: statuses(counters),
    names: names.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

function flowRuns(runs: readonly Counted[], people: readonly Counted[], campaign: KnownCampaign): readonly FlowRuns[] {
  return grouped(runs, ({ subject, state }) => `${subject} ${state}`).flatMap(([, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const { subject: flowId, state } = first;
    const paths = people.filter((path) => path.subject === flowId && path.state === state);
    return {
      flowId,
      flowName: newestFlow(campaign, flowId)?.name ?? flowId,
      trigger: nodeType(state)?.title ?? state,
      runs: total(own),
      failed: total(own.filter(({ detail }) => detail !== '')),
      paths: paths
        .map((path) => peopleOn(path, campaign))
        .toSorted((one, other) => other.people - one.people || (one.title < other.title ? -1 : 1)),
    };
  });
}

function peopleOn({ subject: flowId, detail, count }: Counted, campaign: KnownCampaign): PeopleOnPath {
  const nodes = newestFlow(campaign, flowId)?.nodes ?? [];
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  const [end = '', output] = detail.split(':');
  if (output === undefined) {
    const nodeIds = detail.split(' ');
    return { nodeIds, title: nodeIds.map(nameOf).join(', '), people: count };
  }
  const type = nodeType(nodes.find((node) => node.id === end)?.type ?? '');
  const outputTitle = type?.outputs.find(({ name }) => name === output)?.title;
  return {
    nodeIds: [end],
    title: `stopped at ${nameOf(end)}${outputTitle === undefined ? '' : ` (${outputTitle})`}`,
    people: count,
  };
}

function reasonCounts(counters: readonly Counted[]): readonly ReasonCount[] {
  return grouped(counters, ({ state, detail }) => `${state} ${detail}`).flatMap(([, own]) => {
    const [first] = own;
    return first === undefined ? [] : [{ ...reason(first.detail), status: first.state, count: total(own) }];
  });
}

function runReasons(runs: readonly Counted[], notes: readonly Counted[]): readonly ReasonCount[] {
  const counted = [...runs.filter(({ detail }) => detail !== ''), ...notes.filter(({ detail }) => isRunReason(detail))];
  return grouped(counted, ({ detail }) => detail).map(([code, own]) => ({
    ...reason(code),
    status: null,
    count: total(own),
  }));
}

/** Reasons of a skip are counted with the communication that was skipped. */
function isRunReason(code: string): boolean {
  return isReasonCode(code) && (REASONS[code] === 'noPlan' || REASONS[code] === 'run');
}

function byCount(reasons: readonly ReasonCount[]): readonly ReasonCount[] {
  return reasons.toSorted((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}

function statuses(counters: readonly Counted[]): Readonly<Record<string, number>> {
  return Object.fromEntries(grouped(counters, ({ state }) => state).map(([status, own]) => [status, total(own)]));
}

function total(counters: readonly Counted[]): number {
  return counters.reduce((sum, { count }) => sum + count, 0);
}

function grouped(
  counters: readonly Counted[],
  keyOf: (counter: Counted) => string,
): readonly (readonly [string, readonly Counted[]])[] {
  const groups = new Map<string, Counted[]>();
  for (const counter of counters) {
    const group = groups.get(keyOf(counter));
    if (group === undefined) groups.set(keyOf(counter), [counter]);
    else group.push(counter);
  }
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
