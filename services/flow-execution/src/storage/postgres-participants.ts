import { binaryArray, inTransaction } from '@poinciana/database';
import { TransientError } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { type FlowParticipant, unknownParticipant } from '../domain/flow-participant.js';
import { Participants, type VersionedParticipant, type Waiting } from './participants.js';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly state: FlowParticipant;
}

const READ = {
  name: 'flow-participants-read',
  text: 'SELECT id, version, state FROM participant WHERE id = ANY($1::uuid[])',
};

/**
 * A catch-up meets rows that are too new for the statistics. A bitmap reads and sorts everybody who waits for each batch; the index has them
 * in order.
 */
const IN_ORDER_OF_THE_INDEX = 'SET LOCAL enable_bitmapscan = off';

const READ_MARKED = `
  SELECT id, version, state FROM participant
  WHERE campaign_id = $1 AND first_mark > $2 AND first_mark < $3 ORDER BY first_mark LIMIT $4`;

const COUNT_MARKED = `
  SELECT count(*)::int AS count FROM participant WHERE campaign_id = $1 AND first_mark IS NOT NULL AND first_mark < $2`;

const COUNT_WAITING = `
  SELECT count(*) FILTER (WHERE state::jsonb @? '$.marks[*] ? (@.trigger == "participant-created")')::int AS "participantsCreated",
         count(*) FILTER (WHERE state::jsonb @? '$.marks[*] ? (@.trigger == "communication-ended")')::int AS "communicationsEnded"
  FROM participant WHERE workspace = $1 AND campaign_id = $2 AND first_mark IS NOT NULL`;

const WRITE = {
  name: 'flow-participants-write',
  text: `
    INSERT INTO participant AS known (id, workspace, campaign_id, version, first_mark, state)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::json[])
    ON CONFLICT (id) DO UPDATE SET workspace = excluded.workspace, campaign_id = excluded.campaign_id,
      version = excluded.version, first_mark = excluded.first_mark, state = excluded.state
    WHERE known.version = excluded.version - 1`,
};

export class PostgresParticipants extends Participants<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async read(ids: readonly string[]): Promise<readonly VersionedParticipant[]> {
    const { rows } = await this.pool.query<Row>({ ...READ, values: [binaryArray.uuid(ids)] });
    const found = new Map(rows.map((row) => [row.id, { participant: row.state, version: row.version }]));
    return ids.map((id) => found.get(id) ?? { participant: unknownParticipant(id), version: 0 });
  }

  override async readMarked(
    campaignId: string,
    { after, before }: { readonly after: number; readonly before: number },
    limit: number,
  ): Promise<readonly VersionedParticipant[]> {
    const { rows } = await inTransaction(this.pool, async (transaction) => {
      await transaction.query(IN_ORDER_OF_THE_INDEX);
      return transaction.query<Row>(READ_MARKED, [campaignId, after, before, limit]);
    });
    return rows.map(({ state, version }) => ({ participant: state, version }));
  }

  override async countMarked(campaignId: string, before: number): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(COUNT_MARKED, [campaignId, before]);
    return rows[0]?.count ?? 0;
  }

  override async countWaiting(workspace: string, campaignId: string): Promise<Waiting> {
    const { rows } = await this.pool.query<Waiting>(COUNT_WAITING, [workspace, campaignId]);
    return rows[0] ?? { participantsCreated: 0, communicationsEnded: 0 };
  }

  override write(changed: readonly VersionedParticipant[]): StateWrite<PoolClient> {
    return async (transaction) => {
      const written = await put(transaction, changed);
      if (written !== changed.length) throw new TransientError('A participant was written by somebody else');
    };
  }

  override writeUnmoved(changed: readonly VersionedParticipant[]): Promise<number> {
    return inTransaction(this.pool, (transaction) => put(transaction, changed));
  }
}

/** Rows in the order of their ids, so that two who write the same rows never wait for each other in a circle. */
async function put(transaction: PoolClient, changed: readonly VersionedParticipant[]): Promise<number> {
  if (changed.length === 0) return 0;
  const rows = changed.toSorted((one, other) => (one.participant.id < other.participant.id ? -1 : 1));
  const { rowCount } = await transaction.query({
    ...WRITE,
    values: [
      binaryArray.uuid(rows.map(({ participant }) => participant.id)),
      binaryArray.uuid(rows.map(({ participant }) => participant.workspace)),
      binaryArray.uuid(rows.map(({ participant }) => participant.campaignId)),
      binaryArray.int4(rows.map(({ version }) => version + 1)),
      binaryArray.int8(rows.map(({ participant }) => participant.marks[0]?.number)),
      binaryArray.json(rows.map(({ participant }) => JSON.stringify(participant))),
    ],
  });
  return rowCount ?? 0;
}
