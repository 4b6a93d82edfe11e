import { TransientError } from '@poinciana/event-sourcing';
import type { ChannelNotice } from '../channels/channel-adapter.js';
import { communicationOf } from '../domain/communication.js';
import { INBOX_CLAIM_MAX, type ClaimedEntry, type Inbox, type InboxOutcome } from '../storage/inbox.js';
import type { Timers } from '../storage/timers.js';
import { timerChangesOf, type CommandForCommunication, type CommunicationWriter } from './communication-writer.js';
import { inboxCommandId, type MessageEntry, type StatusEntry } from './inbox-entries.js';
import type { TakeReplies } from './take-replies.js';

const LEASE_MS = 60_000;
/** How long an entry that failed for no reason of the outside is left alone. */
const FAULTY_WAIT_MS = 60_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface InboxSources<Transaction> {
  readonly inbox: Inbox;
  readonly timers: Timers<Transaction>;
  readonly writer: CommunicationWriter;
  readonly replies: TakeReplies<Transaction>;
  /** An entry that fails by itself, which is a bug: it waits, the others go on. */
  readonly onFault: (entryNumber: number, error: unknown) => void;
}

type Finished = { readonly number: number; readonly outcome: InboxOutcome };

/** Works off what providers told, a batch at a time: append, then rows, then the inbox. Repeating any of it changes nothing. */
export class WorkOffInbox<Transaction> {
  constructor(private readonly sources: InboxSources<Transaction>) {}

  /** Answers how many entries were claimed. Throws `TransientError` while log or database is away. */
  async pass(limit: number = INBOX_CLAIM_MAX): Promise<number> {
    const entries = await this.sources.inbox.claim(limit, LEASE_MS);
    if (entries.length === 0) return 0;
    try {
      await this.handle(entries);
    } catch (error) {
      if (error instanceof TransientError) throw error;
      await this.handleOneByOne(entries);
    }
    return entries.length;
  }

  private async handleOneByOne(entries: readonly ClaimedEntry[]): Promise<void> {
    for (const entry of entries) {
      try {
        await this.handle([entry]);
      } catch (error) {
        if (error instanceof TransientError) throw error;
        this.sources.onFault(entry.number, error);
        await this.sources.inbox.postpone([entry], FAULTY_WAIT_MS);
      }
    }
  }

  private async handle(entries: readonly ClaimedEntry[]): Promise<void> {
    const statuses: StatusEntry[] = [];
    const messages: MessageEntry[] = [];
    for (const entry of entries) {
      const notice = JSON.parse(entry.content) as ChannelNotice;
      if (notice.about === 'status') statuses.push({ entry, notice });
      else messages.push({ entry, notice });
    }
    const finished = [...(await this.takeStatuses(statuses)), ...(await this.sources.replies.take(messages))];
    if (finished.length > 0) await this.sources.inbox.finish(finished);
  }

  private async takeStatuses(statuses: readonly StatusEntry[]): Promise<readonly Finished[]> {
    if (statuses.length === 0) return [];
    const { writer, timers } = this.sources;
    const idOf = await this.communicationsOf(statuses);
    const lasts = await writer.readLast([...new Set(idOf.values())]);
    const commands: CommandForCommunication[] = [];
    const finished = statuses.map(({ entry, notice }): Finished => {
      const communicationId = idOf.get(entry.number);
      const last = communicationId === undefined ? undefined : lasts.get(communicationId);
      const isOurs = last?.workspace === entry.workspace && communicationOf(last)?.facts.channelId === entry.channelId;
      if (communicationId === undefined || !isOurs) return { number: entry.number, outcome: 'unknown_message' };
      commands.push(commandOf(communicationId, { entry, notice }));
      return { number: entry.number, outcome: 'applied' };
    });
    const written = await writer.execute(commands, lasts);
    const changes = written.flatMap(timerChangesOf);
    if (changes.length > 0) await timers.write(changes);
    return finished;
  }

  /** Whose status it is: by our id where the provider echoed it, else by the provider's id of the message. */
  private async communicationsOf(statuses: readonly StatusEntry[]): Promise<ReadonlyMap<number, string>> {
    const found = new Map<number, string>();
    const byChannel = new Map<string, StatusEntry[]>();
    for (const status of statuses) {
      const { echo } = status.notice;
      if (echo !== undefined && UUID.test(echo)) found.set(status.entry.number, echo);
      else byChannel.set(status.entry.channelId, [...(byChannel.get(status.entry.channelId) ?? []), status]);
    }
    for (const [channelId, group] of byChannel) {
      const open = await this.sources.timers.openWithMessages(
        channelId,
        group.map(({ notice }) => notice.providerMessageId),
      );
      const byMessage = new Map(open.map((timer) => [timer.providerMessageId, timer.communicationId]));
      for (const { entry, notice } of group) {
        const id = byMessage.get(notice.providerMessageId);
        if (id !== undefined) found.set(entry.number, id);
      }
    }
    return found;
  }
}

function commandOf(communicationId: string, { entry, notice }: StatusEntry): CommandForCommunication {
  const { status, providerMessageId, address, code, providerCode } = notice;
  const commandId = inboxCommandId(entry);
  return {
    communicationId,
    command: {
      type: 'RecordSignal',
      signal: status,
      providerMessageId,
      providerAddress: address,
      code,
      providerCode,
      at: entry.receivedAt,
    },
    commandId,
    causation: commandId,
  };
}
