import { TransientError } from '@poinciana/event-sourcing';
import type { ChannelNotice } from '../channels/channel-notice.js';
import { INBOX_CLAIM_MAX, type ClaimedEntry, type Inbox } from '../storage/inbox.js';
import type { CallEntry, CallerEntry, MessageEntry, StatusEntry } from './inbox-entries.js';
import type { TakeCallers } from './take-callers.js';
import type { TakeReplies } from './take-replies.js';
import type { TakeSignals } from './take-signals.js';

const LEASE_MS = 60_000;
/** How long an entry that failed for no reason of the outside is left alone; twice as long each time. */
const FAULTY_WAIT_MS = 60_000;
/** Tries at such an entry, over two hours: what fails then is never worked off, and holds up all that is claimed with it. */
const FAULTY_TRIES_MAX = 8;

export interface InboxSources<Transaction> {
  readonly inbox: Inbox;
  readonly signals: TakeSignals<Transaction>;
  readonly replies: TakeReplies<Transaction>;
  readonly callers: TakeCallers;
  /** A batch or an entry of it that fails by itself, which is a bug: the entry waits and ends as unreadable, the others go on. */
  readonly onFault: (id: string, error: unknown) => void;
}

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
      this.sources.onFault(`batch of ${entries.length} entries`, error);
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
        this.sources.onFault(String(entry.number), error);
        await this.setBack(entry);
      }
    }
  }

  private async setBack(entry: ClaimedEntry): Promise<void> {
    const { inbox } = this.sources;
    const { number, failures } = entry;
    if (failures + 1 >= FAULTY_TRIES_MAX) await inbox.finish([{ number, outcome: 'unreadable' }]);
    else await inbox.setBack([entry], FAULTY_WAIT_MS * 2 ** failures);
  }

  private async handle(entries: readonly ClaimedEntry[]): Promise<void> {
    const signals: (StatusEntry | CallEntry)[] = [];
    const messages: MessageEntry[] = [];
    const callers: CallerEntry[] = [];
    for (const entry of entries) {
      const notice = JSON.parse(entry.content) as ChannelNotice;
      if (notice.about === 'status') signals.push({ entry, notice });
      else if (notice.about === 'call') signals.push({ entry, notice });
      else if (notice.about === 'message') messages.push({ entry, notice });
      else callers.push({ entry, notice });
    }
    const { inbox, replies } = this.sources;
    const finished = [
      ...(await this.sources.signals.take(signals)),
      ...(await replies.take(messages)),
      ...(await this.sources.callers.take(callers)),
    ];
    if (finished.length > 0) await inbox.finish(finished);
  }
}
