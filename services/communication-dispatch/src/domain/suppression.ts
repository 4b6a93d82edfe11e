import type { suppression as contract } from '@poinciana/contracts';
import type { Decider, EventOf } from '@poinciana/event-sourcing';

/** Why a customer is not to be contacted on a channel. */
export type SuppressionReason = 'unsubscribed' | 'opted_out' | 'user';

/** Whether a customer is suppressed on a channel. */
export interface Suppression {
  readonly isSuppressed: boolean;
}

export type SuppressionEvent =
  EventOf<'CustomerSuppressed', contract.CustomerSuppressed> | EventOf<'SuppressionLifted', contract.SuppressionLifted>;

export type SuppressionCommand =
  | ({ readonly type: 'SuppressCustomer' } & contract.CustomerSuppressed)
  | ({ readonly type: 'LiftSuppression' } & contract.SuppressionLifted);

/** Who is suppressed stays so until somebody lifts it; doing either twice changes nothing. */
export const suppression: Decider<SuppressionCommand, Suppression, SuppressionEvent> = {
  initialState: { isSuppressed: false },
  decide({ type, ...data }, { isSuppressed }) {
    if (type === 'SuppressCustomer')
      return isSuppressed ? [] : [{ type: 'CustomerSuppressed', data: data as contract.CustomerSuppressed }];
    return isSuppressed ? [{ type: 'SuppressionLifted', data }] : [];
  },
  evolve(state, { type }) {
    return { isSuppressed: type === 'CustomerSuppressed' };
  },
};
