import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { type Activity, NO_CELL_PARTS, quarterHourOf } from '../analytics/activity.js';
import type { InMemoryActivityView } from '../analytics/in-memory-activity-view.js';
import type { InMemoryCounterView } from '../counters/in-memory-counter-view.js';
import { pageOf } from '../in-memory-page.js';
import type { Page } from '../page.js';
import { matchesFieldCondition } from './filters/matches-field-condition.js';
import type { ParticipantChange } from './participant-changes.js';
import { keysOf, type ParticipantKeys, sortValue } from './participant-keys.js';
import {
  type CustomerQuery,
  type ParticipantFilter,
  type ParticipantLine,
  type ParticipantQuery,
  ParticipantView,
  UPLOADS_MAX,
} from './participant-view.js';
import type { SearchedIdentity } from './searched-identity.js';

interface Row extends ParticipantLine {
  readonly workspace: string;
  readonly deleted: boolean;
  readonly revision: number;
}

/** The twin for tests. */
export class InMemoryParticipantView extends ParticipantView<InMemoryTransaction> {
  private readonly rows = new Map<string, Row>();

  constructor(
    private readonly counters: InMemoryCounterView,
    private readonly activity: InMemoryActivityView,
    /** In which statuses the communications of a participant's life are. */
    private readonly statusesOf: (participantId: string, life: number) => readonly string[] = () => [],
  ) {
    super();
  }

  override write(changes: readonly ParticipantChange[]): StateWrite<InMemoryTransaction> {
    return async (transaction) => transaction.change(() => changes.forEach((change) => this.put(change)));
  }

  override async list(query: ParticipantQuery): Promise<Page<ParticipantLine>> {
    const page = pageOf(
      [...this.rows.values()].filter((row) => matches(row, query) && this.hasStatus(row, query)),
      (row) => sortValue(row, query.sort),
      query,
    );
    return { ...page, lines: page.lines.map(lineOf) };
  }

  override async search(
    workspace: string,
    beginning: SearchedIdentity,
    limit: number,
  ): Promise<readonly ParticipantLine[]> {
    return [...this.rows.values()]
      .filter((row) => row.workspace === workspace && !row.deleted)
      .filter((row) => meets(keysOf(row.values), beginning, 'startsWith'))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .slice(0, limit)
      .map(lineOf);
  }

  override async customers(query: CustomerQuery): Promise<Page<ParticipantLine>> {
    const { workspace, beginning = ANYBODY } = query;
    const newest = new Map<string, Row>();
    const own = [...this.rows.values()].filter((row) => row.workspace === workspace && !row.deleted);
    for (const row of newestFirst(own, 'updatedAt')) {
      if (meets(keysOf(row.values), beginning, 'startsWith') && !newest.has(row.customerId))
        newest.set(row.customerId, row);
    }
    const page = pageOf([...newest.values()], ({ updatedAt }) => updatedAt, query);
    return { ...page, lines: page.lines.map(lineOf) };
  }

  override async campaignsOf(workspace: string, customerIds: readonly string[]) {
    const campaignsOf = (id: string) =>
      [...this.rows.values()]
        .filter((row) => row.workspace === workspace && row.customerId === id && !row.deleted)
        .map(({ campaignId }) => campaignId);
    const known = customerIds.map((id) => [id, [...new Set(campaignsOf(id))].toSorted()] as const);
    return new Map(known.filter(([, campaigns]) => campaigns.length > 0));
  }

  override async ofCustomer(workspace: string, customerId: string, limit: number): Promise<readonly ParticipantLine[]> {
    const own = [...this.rows.values()].filter(
      (row) => row.workspace === workspace && row.customerId === customerId && !row.deleted,
    );
    return newestFirst(own, 'createdAt').slice(0, limit).map(lineOf);
  }

  override async find(workspace: string, ids: readonly string[]): Promise<readonly ParticipantLine[]> {
    return [...this.rows.values()]
      .filter((row) => ids.includes(row.id) && row.workspace === workspace && !row.deleted)
      .map(lineOf);
  }

  private hasStatus({ id, life }: Row, { statuses }: ParticipantFilter): boolean {
    return statuses === undefined || this.statusesOf(id, life).some((status) => statuses.includes(status));
  }

  private put(change: ParticipantChange): void {
    const known = this.rows.get(change.id);
    if (known !== undefined && known.revision >= change.revision) return;
    const { workspace, campaignId } = change;
    const count = Number(!change.deleted) - Number(known !== undefined && !known.deleted);
    this.counters.move([{ workspace, campaignId, measure: 'participants', subject: '', state: '', detail: '', count }]);
    const row = rowAfter(known, change);
    this.activity.move([...joined(row, 1), ...(known === undefined ? [] : joined(known, -1))]);
    this.rows.set(change.id, row);
  }
}

const ANYBODY: SearchedIdentity = { text: '', phone: '' };

/** Whether one of the keys begins with what is looked for, or holds it. */
function meets(
  { phone, ...texts }: ParticipantKeys,
  looked: SearchedIdentity,
  how: 'startsWith' | 'includes',
): boolean {
  return phone[how](looked.phone) || Object.values(texts).some((key: string) => key[how](looked.text));
}

function newestFirst(rows: readonly Row[], by: 'createdAt' | 'updatedAt'): readonly Row[] {
  return rows.toSorted((one, other) => (one[by] + one.id < other[by] + other.id ? 1 : -1));
}

function joined({ workspace, campaignId, createdAt, deleted }: Row, count: number): readonly Activity[] {
  if (deleted) return [];
  const quarterHour = quarterHourOf(createdAt);
  return [{ ...NO_CELL_PARTS, workspace, campaignId, moment: 'joined', quarterHour, count, seconds: 0 }];
}

function rowAfter(known: Row | undefined, change: ParticipantChange): Row {
  const sameLife = known !== undefined && known.life === change.life ? known : undefined;
  const createdAt = sameLife?.createdAt ?? change.createdAt ?? change.updatedAt;
  return { ...change, createdAt, uploadIds: uploadsAfter(sameLife?.uploadIds ?? [], change) };
}

function uploadsAfter(known: readonly string[], { deleted, uploadIds }: ParticipantChange): readonly string[] {
  if (deleted) return uploadIds;
  return [...known, ...uploadIds.filter((id) => !known.includes(id))].slice(-UPLOADS_MAX);
}

function lineOf({ workspace: _, deleted: _deleted, revision: _revision, ...line }: Row): ParticipantLine {
  return line;
}

function matches(row: Row, filter: ParticipantFilter): boolean {
  const { workspace, campaignId, uploadId, conditions = [] } = filter;
  if (row.deleted || row.workspace !== workspace || row.campaignId !== campaignId) return false;
  if (uploadId !== undefined && !row.uploadIds.includes(uploadId)) return false;
  if (!conditions.every((condition) => matchesFieldCondition(row, condition))) return false;
  return matchesInstants(row, filter) && matchesTexts(row, filter);
}

function matchesInstants({ createdAt, updatedAt }: Row, filter: ParticipantFilter): boolean {
  const { createdFrom = '', createdBefore = '~', updatedFrom = '', updatedBefore = '~' } = filter;
  return createdAt >= createdFrom && createdAt < createdBefore && updatedAt >= updatedFrom && updatedAt < updatedBefore;
}

function matchesTexts(row: Row, filter: ParticipantFilter): boolean {
  const { part = ANYBODY, name = '', email = '', phone = '', externalId = '' } = filter;
  const keys = keysOf(row.values);
  return (
    keys.name.startsWith(name) &&
    keys.email.startsWith(email) &&
    keys.phone.startsWith(phone) &&
    keys.externalId.startsWith(externalId) &&
    meets(keys, part, 'includes')
  );
}
