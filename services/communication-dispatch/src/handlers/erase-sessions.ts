import type { session as contract } from '@poinciana/contracts';
import { derivedId, streamIdOf, streamName, type EventStore, type StoredEvent } from '@poinciana/event-sourcing';
import type { ChannelDirectory } from '../storage/channel-directory.js';
import { INBOX_CLAIM_MAX, type Inbox } from '../storage/inbox.js';
import type { Senders } from '../storage/senders.js';
import type { ChannelNotice } from '../channels/channel-notice.js';
import { isErasure } from './erase-communications.js';
import { reachKeysOf } from './on-people.js';
import { SESSIONS_MAX, type CommandForSession, type SessionWriter } from './session-writer.js';

/** Pages of sessions that one erasure goes through, and of entries that wait in the inbox. */
const PAGES_MAX = 10_000;

export interface EraseSources<Transaction> {
  readonly store: EventStore;
  readonly sessions: SessionWriter;
  readonly senders: Senders;
  readonly inbox: Inbox;
  readonly directory: ChannelDirectory<Transaction>;
}

/** Sessions to be erased, and the event that asks for it. */
type Erasures = ReadonlyMap<string, StoredEvent>;

/**
 * Erases the sessions that a person began herself (rule 11): those that concerned her participants, and those from her addresses that
 * concerned nobody then. They end, lose what is personal, and say so, so that views forget it too. What she wrote before and is met
 * later is erased when it is met; what she writes afterwards is a stranger's.
 */
export class EraseSessions<Transaction> {
  constructor(private readonly sources: EraseSources<Transaction>) {}

  /** Of participants whose customer was erased. */
  async of(events: readonly StoredEvent[]): Promise<void> {
    const erasures = events.filter(isErasure);
    if (erasures.length === 0) return;
    const { senders } = this.sources;
    const marks = erasures.map(({ stream, time }) => ({ participantId: streamIdOf(stream), erasedAt: time }));
    await senders.markErased(marks);
    for (const event of erasures) {
      const participantId = streamIdOf(event.stream);
      await this.forgetWaiting(event.workspace, await senders.keysOf([participantId]));
      for (let page = 0; ; page += 1) {
        if (page === PAGES_MAX) throw new Error(`More than ${PAGES_MAX} pages of sessions of one participant`);
        const sessionIds = await senders.sessionsOf([participantId]);
        if (sessionIds.length === 0) break;
        await this.erase(new Map(sessionIds.map((id) => [id, event])));
        await senders.forgetSessions(sessionIds);
      }
    }
  }

  /** Of what was under way while a person was erased: events of sessions that are older than the erasure of their address. */
  async met(events: readonly StoredEvent[]): Promise<void> {
    const told = events.flatMap((event) => {
      const { session } = event.data as Partial<contract.MessageReceived>;
      if (session === undefined || session.communicationId !== undefined) return [];
      const { address = '' } = (event.personal ?? {}) as Partial<contract.SessionPersonal>;
      if (address === '') return [];
      const keys = reachKeysOf(event.workspace, session.channelType, address).map(({ key }) => key);
      return [{ event, sessionId: session.id, keys }];
    });
    const erasedAt = await this.sources.senders.erasedAt([...new Set(told.flatMap(({ keys }) => keys))]);
    if (erasedAt.size === 0) return;
    const older = told.filter(({ event, keys }) => keys.some((key) => event.time < (erasedAt.get(key) ?? '')));
    const erasures = new Map(older.map(({ sessionId, event }) => [sessionId, event]));
    await this.erase(erasures);
    await this.sources.senders.forgetSessions([...erasures.keys()]);
  }

  private async erase(erasures: Erasures): Promise<void> {
    const ids = [...erasures.keys()];
    for (let from = 0; from < ids.length; from += SESSIONS_MAX) {
      const some = ids.slice(from, from + SESSIONS_MAX);
      await this.sources.sessions.execute(await this.commands(some, erasures));
      await this.sources.store.redact(some.map((id) => streamName('session', id)));
    }
  }

  /** With the key of what was said, so that whoever keeps it meets its erasure behind it. */
  private async commands(sessionIds: readonly string[], erasures: Erasures): Promise<readonly CommandForSession[]> {
    const read = await this.sources.sessions.read(sessionIds);
    return sessionIds.flatMap((sessionId): readonly CommandForSession[] => {
      const { events: [first] = [], state } = read.get(sessionId) ?? {};
      const erasure = erasures.get(sessionId);
      if (first === undefined || erasure === undefined || state?.facts === undefined) return [];
      const { workspace, key } = first;
      const origin = { workspace, key, correlation: erasure.correlation, hop: 0 };
      const commandId = derivedId(erasure.id, sessionId, 'erase');
      const base = { sessionId, commandId, causation: erasure.id, origin, at: erasure.time };
      return [{ ...base, command: { type: 'EraseSession', session: state.facts } }];
    });
  }

  /** Messages from these keys that nobody has handled: they may wait long. */
  private async forgetWaiting(workspace: string, keys: ReadonlySet<string>): Promise<void> {
    if (keys.size === 0) return;
    const { inbox } = this.sources;
    let after = 0;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const waiting = await inbox.waiting(workspace, after, INBOX_CLAIM_MAX);
      const last = waiting.at(-1);
      if (last === undefined) return;
      const types = await this.typesOf(waiting.map(({ channelId }) => channelId));
      const erased = waiting.filter(({ channelId, content }) => {
        const reached = reachKeysOf(workspace, types.get(channelId) ?? '', addressOf(content));
        return reached.some(({ key }) => keys.has(key));
      });
      if (erased.length > 0) await inbox.finish(erased.map(({ number }) => ({ number, outcome: 'erased' })));
      after = last.number;
    }
  }

  private async typesOf(channelIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const places = await Promise.all([...new Set(channelIds)].map((id) => this.sources.directory.find(id)));
    return new Map(places.flatMap((place) => (place === undefined ? [] : [[place.channelId, place.type]])));
  }
}

/** Of who wrote or called; statuses speak of messages of ours. */
function addressOf(content: string): string {
  const notice = JSON.parse(content) as ChannelNotice;
  return notice.about === 'message' || notice.about === 'caller' ? notice.address : '';
}
