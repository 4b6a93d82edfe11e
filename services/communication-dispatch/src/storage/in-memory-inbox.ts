import type { Cuts } from '@poinciana/event-sourcing';
import {
  Inbox,
  INBOX_KEPT_DAYS,
  STATUS_KEY,
  type ClaimedEntry,
  type InboxCounts,
  type InboxEntry,
  type InboxOutcome,
  type RoutedEntry,
  type WaitingEntry,
} from './inbox.js';

const DAY_MS = 86_400_000;

interface Row extends ClaimedEntry {
  readonly storedAtMs: number;
  readonly waitUntilMs: number;
  readonly repeats: number;
  readonly outcome: InboxOutcome | undefined;
}

/** The twin. `databaseNow` stands for the database's clock, in milliseconds. */
export class InMemoryInbox extends Inbox {
  private readonly rows = new Map<number, Row>();
  private readonly numbers = new Map<string, number>();
  private last = 0;

  constructor(
    private readonly databaseNow: () => number = () => performance.now(),
    private readonly cuts?: Cuts,
  ) {
    super();
  }

  override async store(entries: readonly InboxEntry[]): Promise<void> {
    for (const entry of entries) {
      const key = `${entry.channelId} ${entry.dedupeKey}`;
      const known = this.rows.get(this.numbers.get(key) ?? 0);
      if (known !== undefined) {
        this.rows.set(known.number, { ...known, repeats: known.repeats + 1 });
        continue;
      }
      const number = ++this.last;
      this.numbers.set(key, number);
      const storedAtMs = this.databaseNow();
      this.rows.set(number, {
        ...entry,
        number,
        fence: 0,
        route: undefined,
        failures: 0,
        storedAtMs,
        waitUntilMs: 0,
        repeats: 0,
        outcome: undefined,
      });
    }
  }

  override async claim(limit: number, leaseMs: number): Promise<readonly ClaimedEntry[]> {
    const now = this.databaseNow();
    const waiting = [...this.rows.values()].filter((row) => row.outcome === undefined && row.waitUntilMs <= now);
    const claimed = waiting
      .slice(0, limit)
      .map((row) => ({ ...row, fence: row.fence + 1, waitUntilMs: now + leaseMs }));
    for (const row of claimed) this.rows.set(row.number, row);
    return claimed.map(({ number, fence, route, failures, channelId, workspace, dedupeKey, content, receivedAt }) => ({
      number,
      fence,
      route,
      failures,
      channelId,
      workspace,
      dedupeKey,
      content,
      receivedAt,
    }));
  }

  override async route(routes: readonly RoutedEntry[]): Promise<readonly RoutedEntry[]> {
    this.cuts?.pass('before inbox entries are routed');
    for (const { number, route } of routes) this.change(number, (row) => ({ route: row.route ?? route }));
    return routes.flatMap(({ number }) => {
      const route = this.rows.get(number)?.route;
      return route === undefined ? [] : [{ number, route }];
    });
  }

  override async finish(
    outcomes: readonly { readonly number: number; readonly outcome: InboxOutcome }[],
  ): Promise<void> {
    this.cuts?.pass('before inbox entries are finished');
    for (const { number, outcome } of outcomes) this.change(number, () => ({ outcome, content: '' }));
    this.cuts?.pass('after inbox entries are finished');
  }

  override async postpone(
    entries: readonly { readonly number: number; readonly fence: number }[],
    waitMs: number,
  ): Promise<void> {
    for (const { number, fence } of entries) {
      this.change(number, (row) => (row.fence === fence ? { waitUntilMs: this.databaseNow() + waitMs } : {}));
    }
  }

  override async setBack(
    entries: readonly { readonly number: number; readonly fence: number }[],
    waitMs: number,
  ): Promise<void> {
    for (const { number, fence } of entries)
      this.change(number, (row) => (row.fence === fence ? { failures: row.failures + 1 } : {}));
    await this.postpone(entries, waitMs);
  }

  override async waiting(workspace: string, after: number, limit: number): Promise<readonly WaitingEntry[]> {
    return [...this.rows.values()]
      .filter((row) => row.workspace === workspace && row.outcome === undefined && row.number > after)
      .slice(0, limit)
      .map(({ number, channelId, content }) => ({ number, channelId, content }));
  }

  override async forgetOld(limit: number): Promise<number> {
    const oldest = this.databaseNow() - INBOX_KEPT_DAYS * DAY_MS;
    const old = [...this.rows.values()]
      .filter((row) => row.outcome !== undefined && row.storedAtMs < oldest)
      .slice(0, limit);
    for (const row of old) {
      this.rows.delete(row.number);
      this.numbers.delete(`${row.channelId} ${row.dedupeKey}`);
    }
    return old.length;
  }

  override async channelsWithStatuses(channelIds: readonly string[]): Promise<ReadonlySet<string>> {
    const waiting = [...this.rows.values()].filter(
      ({ outcome, channelId, dedupeKey }) =>
        outcome === undefined && dedupeKey.startsWith(STATUS_KEY) && channelIds.includes(channelId),
    );
    return new Set(waiting.map(({ channelId }) => channelId));
  }

  override async counts(channelId: string): Promise<InboxCounts> {
    const rows = [...this.rows.values()].filter((row) => row.channelId === channelId);
    return {
      received: rows.length,
      repeated: rows.reduce((sum, row) => sum + row.repeats, 0),
      waiting: rows.filter((row) => row.outcome === undefined).length,
      unknown: rows.filter((row) => row.outcome === 'unknown_message').length,
    };
  }

  private change(number: number, changes: (row: Row) => Partial<Row>): void {
    const row = this.rows.get(number);
    if (row !== undefined) this.rows.set(number, { ...row, ...changes(row) });
  }
}
