import { createHash } from 'node:crypto';
import { binaryArray, inTransaction } from '@poinciana/database';
import type { Pool, PoolClient } from 'pg';
import type { IdentityKey } from '@poinciana/participant-file';
import type { IdentityClaim } from '../domain/resolve-identities.js';
import { type IdentityIndex, IdentityKeys } from './identity-keys.js';

/** The first half of the advisory lock of identities; the second is a hash of the workspace. */
const IDENTITY_LOCK = 0x6964_656e;

/** The limit keeps it a search in the index for each key: a join would read the whole workspace while its statistics are old. */
const OWNERS = {
  name: 'identity_owners',
  text: `SELECT k.at::int4, i.customer_id::text FROM unnest($2::text[]) WITH ORDINALITY AS k (key, at)
         CROSS JOIN LATERAL (SELECT customer_id FROM identity_key WHERE workspace = $1::uuid AND key = k.key LIMIT 1) AS i`,
};
const WITH_EXTERNAL_ID = {
  name: 'identity_with_external_id',
  text: `SELECT DISTINCT i.customer_id::text FROM identity_key i
         WHERE i.workspace = $1::uuid AND i.customer_id = ANY ($2::uuid[]) AND left(i.key, 2) = 'x:'`,
};
const CLAIM = {
  name: 'identity_claim',
  text: `INSERT INTO identity_key (workspace, key, customer_id)
         SELECT $1::uuid, c.key, c.customer_id FROM unnest($2::text[], $3::uuid[]) AS c (key, customer_id)`,
};
const CLAIM_WHAT_IS_FREE = { name: 'identity_claim_free', text: `${CLAIM.text} ON CONFLICT DO NOTHING` };

const BEGINNING_WITH = {
  name: 'identity_beginning_with',
  text: `SELECT customer_id::text FROM (
           SELECT DISTINCT ON (f.customer_id) f.customer_id, f.key FROM unnest($2::text[]) AS b (beginning), LATERAL (
             SELECT i.customer_id, i.key FROM identity_key i
             WHERE i.workspace = $1::uuid AND i.key >= b.beginning AND i.key < b.beginning || U&'\\+10FFFF' ORDER BY i.key LIMIT $3
           ) AS f ORDER BY f.customer_id, f.key
         ) AS found ORDER BY key LIMIT $3`,
};
/** Each key is in one of two indexes on customers, so that a claim writes one entry; an erasure asks both. */
const RELEASE = `DELETE FROM identity_key WHERE workspace = $1 AND customer_id = $2 AND (left(key, 2) = 'x:' OR left(key, 2) <> 'x:')`;

/** Longer keys stand in the table by their hash: a b-tree keeps no entry above 2,700 bytes. */
const PLAIN_KEY_CHARACTERS_MAX = 200;
const LETTER_LENGTH = 2;

function storedKey(key: IdentityKey): string {
  if (key.length <= PLAIN_KEY_CHARACTERS_MAX) return key;
  return `${key.slice(0, LETTER_LENGTH)}sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** The index in the service's own schema. One claimer a workspace at a time: an advisory lock, freed with the transaction. */
export class PostgresIdentityKeys extends IdentityKeys {
  constructor(private readonly pool: Pool) {
    super();
  }

  override of(workspace: string): IdentityIndex {
    return indexOn(this.pool, workspace);
  }

  override async claim<Decision extends { readonly claims: readonly IdentityClaim[] }>(
    workspace: string,
    decide: (index: IdentityIndex) => Promise<Decision>,
    attempt?: Decision,
  ): Promise<Decision> {
    return inTransaction(this.pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [IDENTITY_LOCK, workspace]);
      if (attempt !== undefined && (await claimAllOrNone(client, workspace, attempt.claims))) return attempt;
      const decision = await decide(indexOn(client, workspace));
      if (decision.claims.length > 0) await client.query({ ...CLAIM, values: claimValues(workspace, decision.claims) });
      return decision;
    });
  }

  override async release(workspace: string, customerId: string): Promise<void> {
    await this.pool.query(RELEASE, [workspace, customerId]);
  }
}

/** Whether all the keys were free; if not, none is claimed. */
async function claimAllOrNone(
  client: PoolClient,
  workspace: string,
  claims: readonly IdentityClaim[],
): Promise<boolean> {
  await client.query('SAVEPOINT before_claims');
  const { rowCount } = await client.query({ ...CLAIM_WHAT_IS_FREE, values: claimValues(workspace, claims) });
  if (rowCount === claims.length) return true;
  await client.query('ROLLBACK TO SAVEPOINT before_claims');
  return false;
}

/** Sorted, so that neighbours in the index are written together. */
function claimValues(workspace: string, claims: readonly IdentityClaim[]): unknown[] {
  const sorted = claims.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const keys = binaryArray.text(sorted.map(({ key }) => storedKey(key)));
  return [workspace, keys, binaryArray.uuid(sorted.map(({ customerId }) => customerId))];
}

function indexOn(connection: Pool | PoolClient, workspace: string): IdentityIndex {
  return {
    ownersOf: async (keys) => {
      const values = [workspace, binaryArray.text(keys.map(storedKey))];
      const { rows } = await connection.query<[number, string]>({ ...OWNERS, rowMode: 'array', values });
      return new Map(rows.flatMap(([at, customerId]) => pairOf(keys[at - 1], customerId)));
    },
    withExternalId: async (customerIds) => {
      if (customerIds.length === 0) return new Set();
      const values = [workspace, binaryArray.uuid(customerIds)];
      const { rows } = await connection.query<[string]>({ ...WITH_EXTERNAL_ID, rowMode: 'array', values });
      return new Set(rows.map(([customerId]) => customerId));
    },
    beginningWith: async (beginnings, limit) => {
      if (beginnings.length === 0) return [];
      const values = [workspace, binaryArray.text(beginnings), limit];
      const { rows } = await connection.query<[string]>({ ...BEGINNING_WITH, rowMode: 'array', values });
      return rows.map(([customerId]) => customerId);
    },
  };
}

function pairOf(key: IdentityKey | undefined, customerId: string): readonly (readonly [IdentityKey, string])[] {
  return key === undefined ? [] : [[key, customerId]];
}
