import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { type Activity, type Moment, NO_CELL_PARTS, quarterHourOf, REPLY_SECONDS } from '../analytics/activity.js';
import type { InMemoryActivityView } from '../analytics/in-memory-activity-view.js';
import type { Counted } from '../counters/campaign-counter.js';
import type { InMemoryCounterView } from '../counters/in-memory-counter-view.js';
import { compareTexts } from '../folded-text.js';
import { pageOf } from '../in-memory-page.js';
import type { Page } from '../page.js';
import type { CommunicationChange } from './communication-changes.js';
import {
  type CommunicationLine,
  type CommunicationQuery,
  CommunicationView,
  type ContactSummary,
  type ErasedParticipant,
  type ParticipantLife,
} from './communication-view.js';

interface Row extends CommunicationLine {
  readonly workspace: string;
  readonly result: string | undefined;
  readonly revision: number;
}

/** The twin for tests. */
export class InMemoryCommunicationView extends CommunicationView<InMemoryTransaction> {
  private readonly rows = new Map<string, Row>();
  private readonly erasedLives = new Map<string, number>();

  constructor(
    private readonly counters: InMemoryCounterView,
    private readonly activity: InMemoryActivityView,
  ) {
    super();
  }

  override write(changes: readonly CommunicationChange[]): StateWrite<InMemoryTransaction> {
    return async (transaction) => transaction.change(() => changes.forEach((change) => this.put(change)));
  }

  override forget(erased: readonly ErasedParticipant[]): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => {
        for (const { id, life } of erased) this.erasedLives.set(id, Math.max(life, this.erasedLives.get(id) ?? 0));
        for (const [id, row] of this.rows) this.rows.set(id, this.withoutErased(row));
      });
  }

  override async list(query: CommunicationQuery): Promise<Page<CommunicationLine>> {
    const page = pageOf(
      [...this.rows.values()].filter((row) => matches(row, query)),
      (row) => row.plannedAt,
      query,
    );
    return {
      ...page,
      lines: page.lines.map(({ workspace: _, result: _r, revision: _v, ...line }) => line),
    };
  }

  override async summaries(
    workspace: string,
    participants: readonly ParticipantLife[],
  ): Promise<readonly ContactSummary[]> {
    return participants.flatMap(({ id, life }) => {
      const rows = [...this.rows.values()].filter(
        (row) => row.workspace === workspace && row.participantId === id && row.life === life,
      );
      return rows.length === 0 ? [] : [summaryOf(id, rows)];
    });
  }

  /** In which statuses the communications of a participant's life are. */
  statusesOf(participantId: string, life: number): readonly string[] {
    return [...this.rows.values()]
      .filter((row) => row.participantId === participantId && row.life === life)
      .map(({ status }) => status);
  }

  private put(change: CommunicationChange): void {
    const known = this.rows.get(change.communication.id);
    if (known !== undefined && known.revision >= change.revision) return;
    const row = this.withoutErased(rowAfter(known, change));
    this.counters.move([countedOf(row, 1), ...(known === undefined ? [] : [countedOf(known, -1)])]);
    this.activity.move(movesOf(known, row));
    this.rows.set(row.id, row);
  }

  private withoutErased(row: Row): Row {
    return row.life <= (this.erasedLives.get(row.participantId) ?? 0) ? { ...row, result: undefined } : row;
  }
}

/** The cell of planning goes with the status; the other moments come once. */
function movesOf(known: Row | undefined, row: Row): readonly Activity[] {
  const first = (moment: 'startedAt' | 'repliedAt' | 'endedAt') => (known?.[moment] ?? null) === null;
  const waited = Math.max(
    0,
    Math.floor((Date.parse(row.repliedAt ?? '') - Date.parse(row.startedAt ?? row.repliedAt ?? '')) / 1_000),
  );
  const bound = REPLY_SECONDS.find((seconds) => waited <= seconds) ?? 'more';
  return [
    ...cellOf(row, 'planned', row.plannedAt, { state: row.status, code: row.code }),
    ...(known === undefined
      ? []
      : cellOf(known, 'planned', known.plannedAt, { state: known.status, code: known.code, count: -1 })),
    ...(first('startedAt') ? cellOf(row, 'started', row.startedAt, {}) : []),
    ...(first('repliedAt') ? cellOf(row, 'replied', row.repliedAt, { state: String(bound), seconds: waited }) : []),
    ...(first('endedAt') ? cellOf(row, 'ended', row.endedAt, { state: row.status, code: row.code }) : []),
  ];
}

function cellOf(row: Row, moment: Moment, at: string | null, parts: Partial<Activity>): readonly Activity[] {
  if (at === null) return [];
  const { workspace, campaignId, flowId, nodeId, name: subject, channelType, agentId } = row;
  const quarterHour = quarterHourOf(at);
  const cell = { workspace, campaignId, flowId, nodeId, subject, channelType, agentId, moment, quarterHour };
  return [{ ...NO_CELL_PARTS, count: 1, seconds: 0, ...cell, ...parts }];
}

function countedOf({ workspace, campaignId, name, status, code }: Row, count: number): Counted {
  return { workspace, campaignId, measure: 'communications', subject: name, state: status, detail: code, count };
}

function rowAfter(
  known: Row | undefined,
  { communication, workspace, plannedAt, result, revision }: CommunicationChange,
): Row {
  const { id, campaignId, participantId, life, flowId, runId, nodeId, name, agentId, channelId, channelType } =
    communication;
  const { status, code = '', sendAt = null, startedAt = null, repliedAt = null, endedAt = null } = communication;
  const { sessionId = null, attempts } = communication;
  const identity = {
    id,
    campaignId,
    participantId,
    life,
    flowId,
    runId,
    nodeId,
    name,
    agentId,
    channelId,
    channelType,
    workspace,
  };
  const state = { status, code, sendAt, startedAt, repliedAt, endedAt, sessionId, attempts, result, revision };
  return { ...identity, ...state, plannedAt: known?.plannedAt ?? plannedAt };
}

function matches(row: Row, query: CommunicationQuery): boolean {
  const { workspace, of, plannedFrom = '', plannedBefore = '~' } = query;
  if (row.workspace !== workspace || !belongsTo(row, of)) return false;
  const inTime = row.plannedAt >= plannedFrom && row.plannedAt < plannedBefore;
  return (
    inTime && EQUAL.every((property) => [undefined, row[property]].includes(query[property])) && isAmong(row, query)
  );
}

const EQUAL = ['name', 'channelType', 'channelId', 'agentId', 'flowId', 'nodeId'] as const;

function isAmong({ status, code }: Row, { statuses, codes }: CommunicationQuery): boolean {
  return (statuses === undefined || statuses.includes(status)) && (codes === undefined || codes.includes(code));
}

function belongsTo(row: Row, of: CommunicationQuery['of']): boolean {
  if (of === 'workspace') return true;
  return 'participantId' in of ? row.participantId === of.participantId : row.campaignId === of.campaignId;
}

function summaryOf(participantId: string, rows: readonly Row[]): ContactSummary {
  const statuses: Record<string, number> = {};
  for (const { status } of rows) statuses[status] = (statuses[status] ?? 0) + 1;
  const started = lastBy(rows, ({ startedAt, id }) => (startedAt === null ? undefined : startedAt + id));
  const ended = lastBy(rows, ({ endedAt, plannedAt, id }) => (endedAt === null ? undefined : endedAt + plannedAt + id));
  return {
    participantId,
    statuses,
    ...(started === undefined
      ? {}
      : {
          lastContact: {
            name: started.name,
            channelType: started.channelType,
            status: started.status,
            at: started.startedAt ?? '',
          },
        }),
    ...(ended === undefined ? {} : { outcome: { result: ended.result ?? ended.status, at: ended.endedAt ?? '' } }),
  };
}

function lastBy(rows: readonly Row[], keyOf: (row: Row) => string | undefined): Row | undefined {
  const keyed = rows.flatMap((row) => {
    const key = keyOf(row);
    return key === undefined ? [] : [{ key, row }];
  });
  return keyed.toSorted((one, other) => compareTexts(one.key, other.key)).at(-1)?.row;
}
