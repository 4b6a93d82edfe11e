import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import {
  People,
  REACHES,
  type FoundPerson,
  type Person,
  type PersonChange,
  type PersonKey,
  type ReachKey,
} from './people.js';

const COLUMNS = REACHES.map((reach) => `${reach}_key`);

const PUT = `
INSERT INTO person AS old (participant_id, workspace, campaign_id, revision, ${COLUMNS.join(', ')})
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int4[], ${COLUMNS.map((_, index) => `$${index + 5}::uuid[]`).join(', ')})
ON CONFLICT (participant_id) DO UPDATE SET revision = excluded.revision,
  ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
WHERE old.revision < excluded.revision`;

const DELETE = `
DELETE FROM person USING unnest($1::uuid[], $2::int4[]) AS gone (participant_id, revision)
WHERE person.participant_id = gone.participant_id AND person.revision <= gone.revision`;

const AT = `
SELECT participant_id AS "participantId", workspace, campaign_id AS "campaignId" FROM person
WHERE workspace = $1 AND (${COLUMNS.map((column, index) => `${column} = ANY($${index + 3}::uuid[])`).join(' OR ')})
ORDER BY participant_id LIMIT $2`;

const KEYS_OF = `
SELECT participant_id AS "participantId", reach.key FROM person CROSS JOIN LATERAL (VALUES ${COLUMNS.map((column) => `(${column})`).join(', ')}) AS reach (key)
WHERE participant_id = ANY($1::uuid[]) AND reach.key IS NOT NULL`;

export class PostgresPeople extends People<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override put(changes: readonly PersonChange[]): StateWrite<PoolClient> {
    const newest = [...new Map(changes.map((change) => [change.participantId, change])).values()];
    const sorted = newest.sort((one, other) => (one.participantId < other.participantId ? -1 : 1));
    const there = sorted.flatMap(({ person }) => person ?? []);
    const gone = sorted.filter(({ person }) => person === undefined);
    return async (transaction) => {
      if (there.length > 0)
        await transaction.query({ name: 'dispatch-put-people', text: PUT, values: valuesOf(there) });
      if (gone.length === 0) return;
      const ids = binaryArray.uuid(gone.map(({ participantId }) => participantId));
      await transaction.query(DELETE, [ids, binaryArray.int4(gone.map(({ revision }) => revision))]);
    };
  }

  override async at(workspace: string, keys: readonly ReachKey[], limit: number): Promise<readonly FoundPerson[]> {
    const byReach = REACHES.map((reach) =>
      binaryArray.uuid(keys.filter((each) => each.reach === reach).map(({ key }) => key)),
    );
    return (await this.pool.query<FoundPerson>(AT, [workspace, limit, ...byReach])).rows;
  }

  override async keysOf(participantIds: readonly string[]): Promise<readonly PersonKey[]> {
    if (participantIds.length === 0) return [];
    return (await this.pool.query<PersonKey>(KEYS_OF, [binaryArray.uuid(participantIds)])).rows;
  }
}

function valuesOf(people: readonly Person[]): Buffer[] {
  return [
    binaryArray.uuid(people.map(({ participantId }) => participantId)),
    binaryArray.uuid(people.map(({ workspace }) => workspace)),
    binaryArray.uuid(people.map(({ campaignId }) => campaignId)),
    binaryArray.int4(people.map(({ revision }) => revision)),
    ...REACHES.map((reach) => binaryArray.uuid(people.map(({ keys }) => keys[reach]))),
  ];
}
