/** Why a communication goes out when it does. */
export type TimingCode =
  'at_once' | 'at_window_start' | 'at_instant' | 'next_window' | 'window_passed' | 'no_base_date' | 'not_planned';

/** Where the hours of a window came from ([C]5). */
export type HoursSource = 'node' | 'customer' | 'workspace' | 'default' | 'exact';

/** The reason of a send time: coded, with the local day and hours that led to it. */
export interface Timing {
  readonly code: TimingCode;
  readonly zone: string;
  /** The calendar day that the window belongs to, in the zone. */
  readonly day?: string;
  /** Local times of the window. */
  readonly from?: string;
  readonly to?: string;
  readonly hours?: HoursSource;
  /** Nothing is sent at or after this instant (A92), ISO 8601 in UTC. */
  readonly before?: string;
}
