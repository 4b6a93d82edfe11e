import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { DeletedParticipants, type DeletedLife } from './deleted-participants.js';

const PUT = `
INSERT INTO deleted_participant AS old (participant_id, life)
SELECT participant_id, max(life) FROM unnest($1::uuid[], $2::int4[]) AS deleted (participant_id, life)
GROUP BY participant_id ORDER BY participant_id
ON CONFLICT (participant_id) DO UPDATE SET life = excluded.life WHERE old.life < excluded.life`;
const LIVES = `
SELECT participant_id AS "participantId", life FROM deleted_participant WHERE participant_id = ANY($1::uuid[])`;

export class PostgresDeletedParticipants extends DeletedParticipants<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override put(lives: readonly DeletedLife[]): StateWrite<PoolClient> {
    const values = [
      binaryArray.uuid(lives.map(({ participantId }) => participantId)),
      binaryArray.int4(lives.map(({ life }) => life)),
    ];
    return async (transaction) => void (await transaction.query(PUT, values));
  }

  override async livesOf(participantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (participantIds.length === 0) return new Map();
    const query = { name: 'dispatch-deleted-lives', text: LIVES, values: [binaryArray.uuid(participantIds)] };
    const { rows } = await this.pool.query<DeletedLife>(query);
    return new Map(rows.map(({ participantId, life }) => [participantId, life]));
  }
}
