import { binaryArray } from '@poinciana/database';
import type { Pool } from 'pg';
import { GatheredStores } from './gathered-stores.js';
import {
  Inbox,
  INBOX_KEPT_DAYS,
  STATUS_KEY,
  type ClaimedEntry,
  type InboxCounts,
  type InboxEntry,
  type InboxOutcome,
  type Route,
  type RoutedEntry,
  type WaitingEntry,
} from './inbox.js';

interface EntryRow {
  readonly number: string;
  readonly channel_id: string;
  readonly workspace: string;
  readonly dedupe_key: string;
  readonly content: string;
  readonly received_at: Date;
  readonly fence: number;
  /** `communication`, or `inbound:` and the number of the session. */
  readonly routed_to: string | null;
  readonly communication_id: string | null;
  readonly failures: number;
}

/** Without a number it is the first. */
const INBOUND = 'inbound:';

const STORE = `
INSERT INTO inbox_entry AS old (channel_id, workspace, dedupe_key, content, received_at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
ON CONFLICT (channel_id, dedupe_key) DO UPDATE SET repeats = old.repeats + 1`;

/** As an array, entries are looked up one by one: joined, they made PostgreSQL read the whole of a table that it took for small. */
const CLAIM = `
WITH picked AS MATERIALIZED (
  SELECT number FROM inbox_entry WHERE outcome IS NULL AND wait_until <= clock_timestamp()
  ORDER BY number LIMIT $1 FOR UPDATE SKIP LOCKED
), claimed AS (
  UPDATE inbox_entry SET fence = fence + 1, wait_until = clock_timestamp() + $2 * interval '1 millisecond'
  WHERE number = ANY(ARRAY(SELECT picked.number FROM picked))
  RETURNING inbox_entry.*
)
SELECT number, channel_id, workspace, dedupe_key, content, received_at, fence, routed_to, communication_id, failures FROM claimed ORDER BY number`;

const ROUTE = `
UPDATE inbox_entry AS entry SET
  routed_to = coalesce(entry.routed_to, decided.routed_to),
  communication_id = CASE WHEN entry.routed_to IS NULL THEN decided.communication_id ELSE entry.communication_id END
FROM unnest($1::int8[], $2::text[], $3::uuid[]) AS decided (number, routed_to, communication_id) WHERE entry.number = decided.number
RETURNING entry.number, entry.routed_to, entry.communication_id`;

const FINISH = `
UPDATE inbox_entry SET outcome = $2, content = '' WHERE number = ANY(ARRAY(SELECT unnest($1::int8[])))`;

const POSTPONE = `
UPDATE inbox_entry SET wait_until = clock_timestamp() + $3 * interval '1 millisecond'
FROM unnest($1::int8[], $2::int4[]) AS waiting (number, fence)
WHERE inbox_entry.number = waiting.number AND inbox_entry.fence = waiting.fence`;

const SET_BACK = `
UPDATE inbox_entry SET failures = failures + 1, wait_until = clock_timestamp() + $3 * interval '1 millisecond'
FROM unnest($1::int8[], $2::int4[]) AS waiting (number, fence)
WHERE inbox_entry.number = waiting.number AND inbox_entry.fence = waiting.fence`;

const WAITING_OF = `
SELECT number, channel_id, content FROM inbox_entry
WHERE outcome IS NULL AND number > $2 AND workspace = $1 ORDER BY number LIMIT $3`;

const FORGET = `
DELETE FROM inbox_entry WHERE number IN (
  SELECT number FROM inbox_entry WHERE outcome IS NOT NULL AND stored_at < clock_timestamp() - $1 * interval '1 day'
  ORDER BY stored_at LIMIT $2 FOR UPDATE SKIP LOCKED)`;

const WAITING = `
SELECT channel_id FROM unnest($1::uuid[]) AS asked (channel_id)
WHERE EXISTS (SELECT 1 FROM inbox_entry WHERE outcome IS NULL AND inbox_entry.channel_id = asked.channel_id
    AND starts_with(dedupe_key, '${STATUS_KEY}'))`;

const COUNTS = `
SELECT count(*)::int AS received, coalesce(sum(repeats), 0)::int AS repeated, count(*) FILTER (WHERE outcome IS NULL)::int AS waiting,
       count(*) FILTER (WHERE outcome = 'unknown_message')::int AS unknown
FROM inbox_entry WHERE channel_id = $1`;

/** The inbox in the service's own schema. */
export class PostgresInbox extends Inbox {
  private readonly stores = new GatheredStores<InboxEntry>((entries) => this.storeAll(entries));

  constructor(private readonly pool: Pool) {
    super();
  }

  override async store(entries: readonly InboxEntry[]): Promise<void> {
    await this.stores.add(entries);
  }

  private async storeAll(entries: readonly InboxEntry[]): Promise<void> {
    // One statement cannot meet the same key twice: repetitions within the call follow in statements of their own.
    for (const distinct of withoutRepetitions(entries)) {
      await this.run('dispatch-inbox-store', STORE, [
        binaryArray.uuid(distinct.map(({ channelId }) => channelId)),
        binaryArray.uuid(distinct.map(({ workspace }) => workspace)),
        binaryArray.text(distinct.map(({ dedupeKey }) => dedupeKey)),
        binaryArray.text(distinct.map(({ content }) => content)),
        binaryArray.timestamptz(distinct.map(({ receivedAt }) => receivedAt)),
      ]);
    }
  }

  override async claim(limit: number, leaseMs: number): Promise<readonly ClaimedEntry[]> {
    // Planned each time: the plan that suits an inbox that was just empty reads all of it for the first entries of a full one.
    const { rows } = await this.pool.query<EntryRow>(CLAIM, [limit, leaseMs]);
    return rows.map((row) => ({
      number: Number(row.number),
      fence: row.fence,
      channelId: row.channel_id,
      workspace: row.workspace,
      dedupeKey: row.dedupe_key,
      content: row.content,
      receivedAt: row.received_at.toISOString(),
      route: routeOf(row),
      failures: row.failures,
    }));
  }

  override async route(routes: readonly RoutedEntry[]): Promise<readonly RoutedEntry[]> {
    const { rows } = await this.run<EntryRow>('dispatch-inbox-route', ROUTE, [
      binaryArray.int8(routes.map(({ number }) => number)),
      binaryArray.text(routes.map(({ route }) => (route.to === 'inbound' ? `${INBOUND}${route.number}` : route.to))),
      binaryArray.uuid(routes.map(({ route }) => (route.to === 'communication' ? route.communicationId : undefined))),
    ]);
    return rows.flatMap((row) => {
      const route = routeOf(row);
      return route === undefined ? [] : [{ number: Number(row.number), route }];
    });
  }

  override async finish(
    outcomes: readonly { readonly number: number; readonly outcome: InboxOutcome }[],
  ): Promise<void> {
    const numbers = new Map<InboxOutcome, number[]>();
    for (const { number, outcome } of outcomes) {
      const same = numbers.get(outcome);
      if (same === undefined) numbers.set(outcome, [number]);
      else same.push(number);
    }
    for (const [outcome, same] of numbers)
      await this.run('dispatch-inbox-finish', FINISH, [binaryArray.int8(same), outcome]);
  }

  override async postpone(
    entries: readonly { readonly number: number; readonly fence: number }[],
    waitMs: number,
  ): Promise<void> {
    await this.run('dispatch-inbox-postpone', POSTPONE, heldUntil(entries, waitMs));
  }

  override async setBack(
    entries: readonly { readonly number: number; readonly fence: number }[],
    waitMs: number,
  ): Promise<void> {
    await this.run('dispatch-inbox-set-back', SET_BACK, heldUntil(entries, waitMs));
  }

  override async waiting(workspace: string, after: number, limit: number): Promise<readonly WaitingEntry[]> {
    const { rows } = await this.run<EntryRow>('dispatch-inbox-waiting-of', WAITING_OF, [workspace, after, limit]);
    return rows.map(({ number, channel_id: channelId, content }) => ({ number: Number(number), channelId, content }));
  }

  override async forgetOld(limit: number): Promise<number> {
    const { rowCount } = await this.run('dispatch-inbox-forget', FORGET, [INBOX_KEPT_DAYS, limit]);
    return rowCount ?? 0;
  }

  override async channelsWithStatuses(channelIds: readonly string[]): Promise<ReadonlySet<string>> {
    const values = [binaryArray.uuid([...new Set(channelIds)])];
    const { rows } = await this.run<{ channel_id: string }>('dispatch-inbox-waiting', WAITING, values);
    return new Set(rows.map(({ channel_id: channelId }) => channelId));
  }

  override async counts(channelId: string): Promise<InboxCounts> {
    const { rows } = await this.run<InboxCounts>('dispatch-inbox-counts', COUNTS, [channelId]);
    return rows[0] ?? { received: 0, repeated: 0, waiting: 0, unknown: 0 };
  }

  private async run<Row extends object>(name: string, text: string, values: unknown[]) {
    return await this.pool.query<Row>({ name, text, values });
  }
}

function routeOf({ routed_to: to, communication_id: communicationId }: EntryRow): Route | undefined {
  if (to === 'communication' && communicationId !== null) return { to, communicationId };
  return to === null ? undefined : { to: 'inbound', number: Number(to.slice(INBOUND.length)) };
}

function heldUntil(entries: readonly { readonly number: number; readonly fence: number }[], waitMs: number): unknown[] {
  const numbers = binaryArray.int8(entries.map(({ number }) => number));
  return [numbers, binaryArray.int4(entries.map(({ fence }) => fence)), waitMs];
}

/** Groups in which every key stands once, in the order of arrival: that is the order in which they are worked off. */
function withoutRepetitions(entries: readonly InboxEntry[]): readonly (readonly InboxEntry[])[] {
  const groups: InboxEntry[][] = [];
  const seen = new Map<string, number>();
  for (const entry of entries) {
    const key = `${entry.channelId} ${entry.dedupeKey}`;
    const group = seen.get(key) ?? 0;
    seen.set(key, group + 1);
    (groups[group] ??= []).push(entry);
  }
  return groups;
}
