import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { pageOf } from '../in-memory-page.js';
import type { Page } from '../page.js';
import type { ConcernChange, MessageChange, SessionChange, SessionChanges } from './session-changes.js';
import { type SessionLine, type SessionMessage, type SessionQuery, SessionView } from './session-view.js';

interface Row extends SessionLine {
  readonly workspace: string;
}

/** The twin for tests. */
export class InMemorySessionView extends SessionView<InMemoryTransaction> {
  private readonly rows = new Map<string, Row>();
  private readonly said = new Map<string, MessageChange>();
  private concerns: readonly ConcernChange[] = [];
  /** Customers and sessions of whom nothing is kept, also not what is on its way. */
  private readonly erased = new Set<string>();

  override write(changes: SessionChanges): StateWrite<InMemoryTransaction> {
    return async (transaction) => transaction.change(() => this.put(changes));
  }

  override async list(query: SessionQuery): Promise<Page<SessionLine>> {
    const page = pageOf(
      [...this.rows.values()].filter((row) => this.matches(row, query)),
      ({ openedAt }) => openedAt,
      query,
    );
    return { ...page, lines: page.lines.map(lineOf) };
  }

  override async find(workspace: string, id: string): Promise<SessionLine | undefined> {
    const row = this.rows.get(id);
    return row?.workspace === workspace ? lineOf(row) : undefined;
  }

  override async incomingOf(workspace: string, participantId: string, limit: number): Promise<readonly string[]> {
    const own = this.concerns.filter((each) => each.workspace === workspace && each.participantId === participantId);
    const ids = new Set(own.map(({ sessionId }) => sessionId));
    return [...this.rows.values()]
      .filter((row) => row.workspace === workspace && ids.has(row.id))
      .toSorted((one, other) => (one.openedAt + one.id < other.openedAt + other.id ? 1 : -1))
      .slice(0, limit)
      .map(({ id }) => id);
  }

  override async messages(workspace: string, id: string): Promise<readonly SessionMessage[]> {
    return this.messagesOf(id)
      .filter((message) => message.workspace === workspace)
      .map(({ at, direction, text }) => ({ at, direction, text }));
  }

  private messagesOf(id: string): readonly MessageChange[] {
    return [...this.said.values()]
      .filter(({ sessionId }) => sessionId === id)
      .toSorted((one, other) => one.revision - other.revision);
  }

  private put({ sessions, messages, concerns, erased }: SessionChanges): void {
    for (const change of sessions) this.rows.set(change.session.id, rowAfter(this.rows.get(change.session.id), change));
    for (const message of messages) {
      const key = `${message.sessionId} ${message.revision}`;
      if (!this.said.has(key)) this.said.set(key, message);
    }
    this.concerns = [...this.concerns, ...concerns];
    for (const { id } of erased) this.erased.add(id);
    const isErased = ({ id, customerId }: Row) => this.erased.has(customerId ?? '') || this.erased.has(id);
    for (const row of [...this.rows.values()].filter(isErased)) {
      this.rows.set(row.id, { ...row, results: null });
      for (const [key, message] of this.said)
        if (message.sessionId === row.id) this.said.set(key, { ...message, text: '' });
    }
  }

  private matches(row: Row, query: SessionQuery): boolean {
    const { openedFrom = '', openedBefore = '~' } = query;
    const equal = (['workspace', 'agentId', 'channelType', 'channelId'] as const).every((property) =>
      [undefined, row[property]].includes(query[property]),
    );
    const inTime = row.openedAt >= openedFrom && row.openedAt < openedBefore;
    return equal && inTime && this.isAbout(row, query) && this.says(row, query);
  }

  private isAbout({ id, ...row }: Row, { campaignId, participantId }: SessionQuery): boolean {
    const own = [row, ...this.concerns.filter(({ sessionId }) => sessionId === id)];
    const isOf = (part: 'campaignId' | 'participantId', wanted: string | undefined) =>
      wanted === undefined || own.some((each) => each[part] === wanted);
    return isOf('campaignId', campaignId) && isOf('participantId', participantId);
  }

  private says({ id }: Row, { text }: SessionQuery): boolean {
    if (text === undefined) return true;
    const words = text.toLowerCase().split(/\s+/);
    return this.messagesOf(id).some((message) => {
      const said = message.text.toLowerCase().split(/\W+/);
      return words.every((word) => said.includes(word));
    });
  }
}

const orNull = (id: string | undefined): string | null => (id === undefined || id === '' ? null : id);

function rowAfter(known: Row | undefined, { session, workspace, firstAt, lastAt, closed }: SessionChange): Row {
  const { id, channelId, channelType, direction } = session;
  const before = known ?? { openedAt: firstAt, lastAt, closedAt: null, closeReason: null, results: null };
  const isClosing = closed !== undefined && before.closedAt === null;
  const end = isClosing ? { closedAt: closed.at, closeReason: closed.reason, results: closed.results } : before;
  const { closedAt, closeReason, results } = end;
  return {
    agentId: orNull(session.agentId),
    communicationId: orNull(session.communicationId),
    participantId: orNull(session.participantId),
    customerId: orNull(session.customerId),
    campaignId: orNull(session.campaignId),
    ...{ id, workspace, channelId, channelType, direction, closedAt, closeReason, results },
    openedAt: firstAt < before.openedAt ? firstAt : before.openedAt,
    lastAt: lastAt > before.lastAt ? lastAt : before.lastAt,
  };
}

function lineOf({ workspace: _, ...line }: Row): SessionLine {
  return line;
}
