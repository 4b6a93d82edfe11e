import type { Clock } from '@poinciana/service-kit';
import { readMail } from '../channels/email/incoming-mail.js';
import type { ReturnAddresses, ReturnedTo } from '../channels/email/return-addresses.js';
import { addressOf, communicationOf } from '../domain/communication.js';
import type { ChannelDirectory } from '../storage/channel-directory.js';
import type { Inbox, InboxEntry } from '../storage/inbox.js';
import type { CommunicationWriter } from './communication-writer.js';
import { inboxEntryOf } from './inbox-entries.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { Suppress } from './suppress.js';

export interface MailSources<Transaction> {
  readonly clock: Clock;
  readonly addresses: ReturnAddresses;
  readonly directory: ChannelDirectory<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly writer: CommunicationWriter;
  readonly inbox: Inbox;
  readonly suppress: Suppress;
}

/** Mail that comes back: answers and reports go into the inbox, a wish to hear no more is obeyed at once. */
export class StoreMail<Transaction> {
  constructor(private readonly sources: MailSources<Transaction>) {}

  /** Whether there is anybody at this address: a channel for email, or a communication that it is about. */
  async knows(address: string): Promise<boolean> {
    const meaning = this.sources.addresses.meaningOf(address);
    if (meaning === undefined) return false;
    if (meaning.what === 'reply') return (await this.channelOf(meaning.channelId)) !== undefined;
    return (await this.placeOf(meaning.communicationId)) !== undefined;
  }

  /** Throws `TransientError` when it could not be stored: whoever brings the mail is to come again. */
  async store(recipient: string, raw: Buffer): Promise<void> {
    const meaning = this.sources.addresses.meaningOf(recipient);
    if (meaning === undefined) return;
    if (meaning.what === 'unsubscribe') {
      await this.sources.suppress.unsubscribe(meaning.communicationId);
      return;
    }
    const entries = await this.entriesOf(meaning, raw);
    if (entries.length > 0) await this.sources.inbox.store(entries);
  }

  private async entriesOf(meaning: ReturnedTo, raw: Buffer): Promise<readonly InboxEntry[]> {
    const receivedAt = this.sources.clock.now().toISOString();
    if (meaning.what === 'reply') {
      const workspace = await this.channelOf(meaning.channelId);
      const { message } = await readMail(raw, undefined);
      if (workspace === undefined || message === undefined) return [];
      return [inboxEntryOf(message, { channelId: meaning.channelId, workspace, receivedAt })];
    }
    const place = await this.placeOf(meaning.communicationId);
    if (place === undefined) return [];
    const { reports } = await readMail(raw, meaning.communicationId);
    const { workspace, channelId, address } = place;
    // A report about somebody else is none about this communication, whoever sent it here.
    const own = reports.filter(({ recipient }) => recipient === address);
    return own.map(({ notice }) => inboxEntryOf(notice, { channelId, workspace, receivedAt }));
  }

  private async channelOf(channelId: string): Promise<string | undefined> {
    const place = await this.sources.directory.find(channelId);
    if (place === undefined) return undefined;
    const workspaces = await this.sources.definitions.workspaces([place.workspace]);
    return workspaces.get(place.workspace)?.channels[channelId]?.type === 'email' ? place.workspace : undefined;
  }

  private async placeOf(communicationId: string) {
    const last = (await this.sources.writer.readLast([communicationId])).get(communicationId);
    const state = communicationOf(last);
    if (last === undefined || state === null || state.facts.channelType !== 'email') return undefined;
    return { workspace: last.workspace, channelId: state.facts.channelId, address: addressOf(state).toLowerCase() };
  }
}
