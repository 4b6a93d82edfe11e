import {
  COMMUNICATION_STATUSES,
  type CommunicationStatus,
  isFinalStatus,
  type KnownCampaign,
  type KnownWorkspace,
  reason,
  statusGroup,
  type StatusGroup,
} from '@poinciana/campaign-definition';
import { newestFlow } from '../../definitions/definitions.js';
import { REPLY_SECONDS } from './activity.js';
import type { ActivityPoint, ActivitySum } from './activity-view.js';

/** Communications by how they stand now: by status and by group; both add up to `planned`. */
export interface Outcomes {
  readonly planned: number;
  readonly groups: Readonly<Record<StatusGroup, number>>;
  readonly statuses: Readonly<Record<string, number>>;
}

/** Outcomes of one flow, node, channel, agent or name. */
export interface OutcomesOf extends Outcomes {
  readonly id: string;
  readonly title: string;
}

export interface VolumePoint extends Outcomes {
  /** The first instant of the interval. */
  readonly at: string;
  readonly joined: number;
  readonly started: number;
  readonly replied: number;
  readonly ended: number;
}

export interface ReplyTimes {
  readonly replies: number;
  /** null when nobody replied. */
  readonly averageSeconds: number | null;
  /** Replies that took up to so many seconds and longer than the one before; null: longer than all. */
  readonly upTo: readonly { readonly seconds: number | null; readonly replies: number }[];
}

export interface ReasonNumber {
  readonly code: string;
  readonly status: string;
  readonly count: number;
  readonly sentence: string;
  readonly advice: string;
}

/** What happened to a campaign in a period. Outcomes are of what was planned in it; starts, replies and ends happened in it. */
export interface CampaignAnalytics extends Outcomes {
  readonly joined: number;
  readonly started: number;
  readonly replied: number;
  readonly ended: number;
  readonly series: readonly VolumePoint[];
  readonly flows: readonly OutcomesOf[];
  readonly nodes: readonly (OutcomesOf & { readonly flowId: string })[];
  readonly channels: readonly OutcomesOf[];
  readonly agents: readonly OutcomesOf[];
  readonly names: readonly OutcomesOf[];
  readonly reasons: readonly ReasonNumber[];
  readonly timeToReply: ReplyTimes;
}

export function campaignAnalytics(
  points: readonly ActivityPoint[],
  sums: readonly ActivitySum[],
  campaign: KnownCampaign,
  workspace: KnownWorkspace,
): CampaignAnalytics {
  const planned = sums.filter(({ moment }) => moment === 'planned');
  const by = (id: (sum: ActivitySum) => string, title: (id: string) => string): readonly OutcomesOf[] =>
    grouped(planned, id).map(([key, own]) => ({ id: key, title: title(key), ...outcomes(own) }));
  const nodeName = (flowId: string, id: string) =>
    newestFlow(campaign, flowId)?.nodes.find((node) => node.id === id)?.name;
  return {
    ...totals(sums),
    series: grouped(points, ({ at }) => at).map(([at, own]) => ({ at, ...totals(own) })),
    flows: by(
      ({ flowId }) => flowId,
      (id) => newestFlow(campaign, id)?.name ?? id,
    ),
    nodes: grouped(planned, ({ flowId, nodeId }) => `${flowId} ${nodeId}`).flatMap(([, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const { flowId, nodeId: id } = first;
      return [{ flowId, id, title: nodeName(flowId, id) ?? id, ...outcomes(own) }];
    }),
    channels: by(
      ({ channelType }) => channelType,
      (id) => id,
    ),
    agents: by(
      ({ agentId }) => agentId,
      (id) => workspace.agents[id]?.name ?? id,
    ),
    names: by(
      ({ subject }) => subject,
      (id) => id,
    ),
    reasons: reasons(planned),
    timeToReply: replyTimes(sums.filter(({ moment }) => moment === 'replied')),
  };
}

type Counted = Pick<ActivitySum, 'moment' | 'state' | 'count'>;

export interface Totals extends Outcomes {
  readonly joined: number;
  readonly started: number;
  readonly replied: number;
  readonly ended: number;
}

/** The numbers of any set of cells. */
export function totals(cells: readonly Counted[]): Totals {
  const of = (moment: Counted['moment']) => cells.filter((cell) => cell.moment === moment);
  return {
    joined: total(of('joined')),
    ...outcomes(of('planned')),
    started: total(of('started')),
    replied: total(of('replied')),
    ended: total(of('ended')),
  };
}

function outcomes(planned: readonly Counted[]): Outcomes {
  const groups: Record<StatusGroup, number> = { inProgress: 0, successful: 0, notCompleted: 0 };
  const statuses: Record<string, number> = {};
  for (const status of COMMUNICATION_STATUSES) {
    const count = total(planned.filter(({ state }) => state === status));
    if (count === 0) continue;
    statuses[status] = count;
    groups[statusGroup(status)] += count;
  }
  return { planned: total(planned), groups, statuses };
}

function reasons(planned: readonly ActivitySum[]): readonly ReasonNumber[] {
  const coded = planned.filter(({ code, state }) => code !== '' && isFinalStatus(state as CommunicationStatus));
  return grouped(coded, ({ state, code }) => `${state} ${code}`)
    .flatMap(([, own]) => {
      const [first] = own;
      return first === undefined ? [] : [{ ...reason(first.code), status: first.state, count: total(own) }];
    })
    .toSorted((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}

function replyTimes(replied: readonly ActivitySum[]): ReplyTimes {
  const replies = total(replied);
  const seconds = replied.reduce((sum, cell) => sum + cell.seconds, 0);
  return {
    replies,
    averageSeconds: replies === 0 ? null : Math.round(seconds / replies),
    upTo: [...REPLY_SECONDS, null].map((bound) => ({
      seconds: bound,
      replies: total(replied.filter(({ state }) => state === (bound === null ? 'more' : String(bound)))),
    })),
  };
}

function total(cells: readonly { readonly count: number }[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}

function grouped<Cell>(
  cells: readonly Cell[],
  keyOf: (cell: Cell) => string,
): readonly (readonly [string, readonly Cell[]])[] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(keyOf(cell));
    if (group === undefined) groups.set(keyOf(cell), [cell]);
    else group.push(cell);
  }
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
