import { derivedId } from '@poinciana/event-sourcing';
import type { ChannelNotice } from '../channels/channel-adapter.js';
import type { ClaimedEntry } from '../storage/inbox.js';

/** What a provider told about a message of ours. */
export interface StatusEntry {
  readonly entry: ClaimedEntry;
  readonly notice: Extract<ChannelNotice, { readonly about: 'status' }>;
}

/** What a person wrote. */
export interface MessageEntry {
  readonly entry: ClaimedEntry;
  readonly notice: Extract<ChannelNotice, { readonly about: 'message' }>;
}

/** Names what an entry causes: the same entry, however often it is worked off, is one cause. */
export function inboxCommandId({ channelId, dedupeKey }: ClaimedEntry): string {
  return derivedId('inbox', channelId, dedupeKey);
}
