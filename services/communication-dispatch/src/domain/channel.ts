import type { channel as contract } from '@poinciana/contracts';
import type { Decider, EventOf } from '@poinciana/event-sourcing';

/** Whether a channel takes anything at all. */
export interface ChannelState {
  readonly isFailed: boolean;
}

export type ChannelEvent =
  EventOf<'ChannelFailed', contract.ChannelFailed> | EventOf<'ChannelHealed', contract.ChannelHealed>;

export type ChannelCommand =
  | ({ readonly type: 'FailChannel' } & contract.ChannelFailed)
  | ({ readonly type: 'HealChannel' } & contract.ChannelHealed);

/** Told when it turns bad and when it turns good, not for every message (A49). */
export const channel: Decider<ChannelCommand, ChannelState, ChannelEvent> = {
  initialState: { isFailed: false },
  decide({ type, ...data }, { isFailed }) {
    if (type === 'FailChannel')
      return isFailed ? [] : [{ type: 'ChannelFailed', data: data as contract.ChannelFailed }];
    return isFailed ? [{ type: 'ChannelHealed', data }] : [];
  },
  evolve(state, { type }) {
    return { isFailed: type === 'ChannelFailed' };
  },
};
