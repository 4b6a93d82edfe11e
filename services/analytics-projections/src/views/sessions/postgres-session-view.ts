import { DomainError } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { countedTotal, withinListTime } from '../../storage/counted-total.js';
import { Where } from '../../storage/where.js';
import type { Page } from '../page.js';
import { writeSessions } from './postgres-session-write.js';
import type { SessionChanges } from './session-changes.js';
import {
  SESSION_MESSAGES_MAX,
  type SessionLine,
  type SessionMessage,
  type SessionQuery,
  SessionView,
} from './session-view.js';

const LINE = `id, channel_id AS "channelId", channel_type AS "channelType", NULLIF(agent_id, '') AS "agentId", direction,
  communication_id AS "communicationId", participant_id AS "participantId", customer_id AS "customerId", campaign_id AS "campaignId",
  opened_at AS "openedAt", last_at AS "lastAt", closed_at AS "closedAt", close_reason AS "closeReason", results`;

type Row = Omit<SessionLine, 'openedAt' | 'lastAt' | 'closedAt'> & {
  readonly openedAt: Date;
  readonly lastAt: Date;
  readonly closedAt: Date | null;
};

const CONCERNS = 'SELECT FROM session_participant p WHERE p.session_id = session.id';

export class PostgresSessionView extends SessionView<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override write(changes: SessionChanges): StateWrite<PoolClient> {
    return (transaction) => writeSessions(transaction, changes);
  }

  override list(query: SessionQuery): Promise<Page<SessionLine>> {
    const { direction, after, limit } = query;
    const [all, rest] = [whereOf(query), whereOf(query).addEnd('opened_at', direction, after)];
    const page = `SELECT ${LINE} FROM session WHERE ${rest.sql} ORDER BY opened_at ${direction}, id ${direction} LIMIT ${limit}`;
    return withinListTime(
      this.pool,
      async (client) => {
        const { rows } = await client.query<Row>(page, rest.values);
        const total = await countedTotal(client, `FROM session WHERE ${all.sql}`, all.values);
        return { ...total, lines: rows.map(lineOf) };
      },
      () => new DomainError('filter_too_slow', 'The list took too long to search; ask for a shorter period'),
    );
  }

  override async find(workspace: string, id: string): Promise<SessionLine | undefined> {
    const { rows } = await this.pool.query<Row>(`SELECT ${LINE} FROM session WHERE id = $1 AND workspace = $2`, [
      id,
      workspace,
    ]);
    return rows[0] === undefined ? undefined : lineOf(rows[0]);
  }

  override async incomingOf(workspace: string, participantId: string, limit: number): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      `SELECT s.id FROM session_participant p JOIN session s ON s.id = p.session_id
       WHERE p.participant_id = $2 AND p.workspace = $1 AND s.workspace = $1 ORDER BY s.opened_at DESC, s.id DESC LIMIT $3`,
      [workspace, participantId, limit],
    );
    return rows.map(({ id }) => id);
  }

  override async messages(workspace: string, id: string): Promise<readonly SessionMessage[]> {
    const { rows } = await this.pool.query<Omit<SessionMessage, 'at'> & { readonly at: Date }>(
      `SELECT at, direction, text FROM session_message WHERE session_id = $1 AND workspace = $2 ORDER BY revision LIMIT ${SESSION_MESSAGES_MAX}`,
      [id, workspace],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

function whereOf(query: SessionQuery): Where {
  return new Where()
    .add('workspace = ?', query.workspace)
    .add('agent_id = ?', query.agentId)
    .add('channel_type = ?', query.channelType)
    .add('channel_id = ?', query.channelId)
    .add(`(campaign_id = ?::uuid OR EXISTS (${CONCERNS} AND p.campaign_id = ?::uuid))`, query.campaignId)
    .add(`(participant_id = ?::uuid OR EXISTS (${CONCERNS} AND p.participant_id = ?::uuid))`, query.participantId)
    .add('opened_at >= ?', query.openedFrom)
    .add('opened_at < ?', query.openedBefore)
    .add(
      `id IN (SELECT m.session_id FROM session_message m WHERE to_tsvector('simple', m.text) @@ plainto_tsquery('simple', ?))`,
      query.text,
    );
}

function lineOf({ openedAt, lastAt, closedAt, ...line }: Row): SessionLine {
  return {
    ...line,
    openedAt: openedAt.toISOString(),
    lastAt: lastAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}
