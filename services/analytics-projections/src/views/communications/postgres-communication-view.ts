import { binaryArray } from '@poinciana/database';
import { DomainError } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { countedTotal, withinListTime } from '../../storage/counted-total.js';
import type { Page } from '../page.js';
import { communicationsFrom, communicationWhere } from './communication-where.js';
import type { CommunicationChange } from './communication-changes.js';
import {
  type CommunicationLine,
  type CommunicationQuery,
  CommunicationView,
  type ContactSummary,
  type ErasedParticipant,
  type ParticipantLife,
} from './communication-view.js';
import { forgetResults, withoutErasedResults } from './postgres-erasures.js';
import { writeCommunications } from './postgres-communication-write.js';

const LINE = `id, campaign_id AS "campaignId", participant_id AS "participantId", life, flow_id AS "flowId", run_id AS "runId", node_id AS "nodeId", name,
  agent_id AS "agentId", channel_id AS "channelId", channel_type AS "channelType", status, code, send_at AS "sendAt",
  planned_at AS "plannedAt", started_at AS "startedAt", replied_at AS "repliedAt", ended_at AS "endedAt",
  session_id AS "sessionId", attempts`;

/** Everything of a participant's life in short: how many are in each status, the one started last, the one that ended last. */
const SUMMARIES = `
  WITH seen AS (
    SELECT c.* FROM unnest($2::uuid[], $3::int[]) AS asked (id, life)
    JOIN communication c ON c.participant_id = asked.id AND c.life = asked.life AND c.workspace = $1
  ), statuses AS (
    SELECT participant_id, json_object_agg(status, count) AS statuses
    FROM (SELECT participant_id, status, count(*) AS count FROM seen GROUP BY 1, 2) AS counted GROUP BY 1
  ), started AS (
    SELECT DISTINCT ON (participant_id) participant_id, name, channel_type, status, started_at
    FROM seen WHERE started_at IS NOT NULL ORDER BY participant_id, started_at DESC, id DESC
  ), ended AS (
    SELECT DISTINCT ON (participant_id) participant_id, coalesce(result, status) AS result, ended_at
    FROM seen WHERE ended_at IS NOT NULL ORDER BY participant_id, ended_at DESC, planned_at DESC, id DESC
  )
  SELECT participant_id AS "participantId", statuses, name, channel_type AS "channelType", status, started_at AS "startedAt", result,
    ended_at AS "endedAt"
  FROM statuses LEFT JOIN started USING (participant_id) LEFT JOIN ended USING (participant_id)`;

const INSTANTS = ['sendAt', 'plannedAt', 'startedAt', 'repliedAt', 'endedAt'] as const;
type Row = Omit<CommunicationLine, (typeof INSTANTS)[number]> &
  Readonly<Record<(typeof INSTANTS)[number], Date | null>>;

interface SummaryRow {
  readonly participantId: string;
  readonly statuses: Readonly<Record<string, number>>;
  readonly name: string;
  readonly channelType: string;
  readonly status: string;
  readonly startedAt: Date | null;
  readonly result: string;
  readonly endedAt: Date | null;
}

export class PostgresCommunicationView extends CommunicationView<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override write(changes: readonly CommunicationChange[]): StateWrite<PoolClient> {
    return async (transaction) => writeCommunications(transaction, await withoutErasedResults(transaction, changes));
  }

  override forget(erased: readonly ErasedParticipant[]): StateWrite<PoolClient> {
    return (transaction) => forgetResults(transaction, erased);
  }

  override list(query: CommunicationQuery): Promise<Page<CommunicationLine>> {
    const { direction, after, limit } = query;
    const [all, rest] = [communicationWhere(query), communicationWhere(query).addEnd('planned_at', direction, after)];
    const order = `ORDER BY planned_at ${direction}, id ${direction} LIMIT ${limit}`;
    const page = `SELECT ${LINE} ${communicationsFrom(query, rest.sql, order)} ${order}`;
    return withinListTime(
      this.pool,
      async (client) => {
        const { rows } = await client.query<Row>(page, rest.values);
        const total = await countedTotal(client, communicationsFrom(query, all.sql, ''), all.values);
        return { ...total, lines: rows.map(lineOf) };
      },
      () =>
        new DomainError(
          'filter_too_slow',
          'The list took too long to search; ask for a part of it, such as one campaign or a shorter period',
        ),
    );
  }

  override async summaries(
    workspace: string,
    participants: readonly ParticipantLife[],
  ): Promise<readonly ContactSummary[]> {
    const ids = binaryArray.uuid(participants.map(({ id }) => id));
    const lives = binaryArray.int4(participants.map(({ life }) => life));
    const { rows } = await this.pool.query<SummaryRow>(SUMMARIES, [workspace, ids, lives]);
    return rows.map(summaryOf);
  }
}

function lineOf(row: Row): CommunicationLine {
  const instant = (value: Date | null) => value?.toISOString() ?? null;
  return {
    ...row,
    sendAt: instant(row.sendAt),
    plannedAt: instant(row.plannedAt) ?? '',
    startedAt: instant(row.startedAt),
    repliedAt: instant(row.repliedAt),
    endedAt: instant(row.endedAt),
  };
}

function summaryOf({
  participantId,
  statuses,
  name,
  channelType,
  status,
  startedAt,
  result,
  endedAt,
}: SummaryRow): ContactSummary {
  return {
    participantId,
    statuses,
    ...(startedAt === null ? {} : { lastContact: { name, channelType, status, at: startedAt.toISOString() } }),
    ...(endedAt === null ? {} : { outcome: { result, at: endedAt.toISOString() } }),
  };
}
