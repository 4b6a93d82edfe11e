import { derivedId } from '@poinciana/event-sourcing';
import type {
  CallerNotice,
  CallNotice,
  ChannelNotice,
  MessageNotice,
  StatusNotice,
} from '../channels/channel-notice.js';
import { STATUS_KEY, type ClaimedEntry, type InboxEntry } from '../storage/inbox.js';

/** An entry of the inbox, and what it says. */
export interface ReadEntry<Notice extends ChannelNotice> {
  readonly entry: ClaimedEntry;
  readonly notice: Notice;
}

/** What a provider told about a message of ours. */
export type StatusEntry = ReadEntry<StatusNotice>;
/** How a call of ours goes on. */
export type CallEntry = ReadEntry<CallNotice>;
/** What a person wrote. */
export type MessageEntry = ReadEntry<MessageNotice>;
/** Somebody called. */
export type CallerEntry = ReadEntry<CallerNotice>;

/** Names what an entry causes: the same entry, however often it is worked off, is one cause. */
export function inboxCommandId({ channelId, dedupeKey }: ClaimedEntry): string {
  return derivedId('inbox', channelId, dedupeKey);
}

/** What was told, as it waits to be worked off. */
export function inboxEntryOf(
  notice: ChannelNotice,
  told: Pick<InboxEntry, 'channelId' | 'workspace' | 'receivedAt'>,
): InboxEntry {
  const { channelId, workspace, receivedAt } = told;
  return { channelId, workspace, receivedAt, dedupeKey: dedupeKeyOf(notice), content: JSON.stringify(notice) };
}

/** Signals of our own sends begin alike: an unknown outcome waits for them. */
function dedupeKeyOf(notice: ChannelNotice): string {
  const { providerMessageId } = notice;
  switch (notice.about) {
    case 'status':
      return `${STATUS_KEY}${providerMessageId}:${notice.status}`;
    case 'call':
      return `${STATUS_KEY}${providerMessageId}:${notice.progress}`;
    case 'message':
      return `message:${providerMessageId}`;
    case 'caller':
      return `caller:${providerMessageId}:${notice.phase}`;
  }
}
