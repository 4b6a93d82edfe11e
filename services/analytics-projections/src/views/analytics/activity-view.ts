import type { Moment } from './activity.js';

export type Interval = 'hour' | 'day' | 'week' | 'month';
export const INTERVALS = ['hour', 'day', 'week', 'month'] as const;

/** A period of campaigns: from the first instant that counts to the first that counts no more. */
export interface ActivityQuery {
  readonly workspace: string;
  readonly campaignIds: readonly string[];
  readonly from: string;
  readonly before: string;
}

/** How much of what happened in one interval. */
export interface ActivityPoint {
  readonly campaignId: string;
  readonly moment: Moment;
  /** The first instant of the interval, in the zone asked for. */
  readonly at: string;
  readonly state: string;
  readonly count: number;
}

/** How much of what happened in the whole period. */
export interface ActivitySum {
  readonly campaignId: string;
  readonly moment: Moment;
  readonly flowId: string;
  readonly nodeId: string;
  readonly subject: string;
  readonly channelType: string;
  readonly agentId: string;
  readonly state: string;
  readonly code: string;
  readonly count: number;
  readonly seconds: number;
}

export interface NodeVisits {
  readonly flowId: string;
  readonly version: number;
  readonly nodeId: string;
  readonly output: string;
  readonly count: number;
}

/** The read model behind analytics: roll-ups by the quarter of an hour. The views that see what happens keep it, in the same write. */
export abstract class ActivityView {
  /** In the order of time. Visits of nodes are left out, here and in the sums. */
  abstract points(query: ActivityQuery, interval: Interval, zone: string): Promise<readonly ActivityPoint[]>;
  abstract sums(query: ActivityQuery): Promise<readonly ActivitySum[]>;
  abstract visits(query: ActivityQuery): Promise<readonly NodeVisits[]>;
}
