import { binaryArray } from '@poinciana/database';
import type { PoolClient } from 'pg';
import { quarterHourSql } from '../analytics/activity.js';
import { addToActivity } from '../analytics/postgres-activity-view.js';
import { ADD_TO_COUNTERS } from '../counters/postgres-counter-view.js';
import type { ParticipantChange } from './participant-changes.js';
import { keysOf } from './participant-keys.js';
import { UPLOADS_MAX } from './participant-view.js';

/** Moves of the roll-up by who joined and who no longer counts; one scan each, as with the communications. */
function joined(at: string, count: 1 | -1, when: string): string {
  return `
    SELECT workspace, campaign_id, 'joined' AS moment, ${quarterHourSql(at)} AS quarter_hour, '' AS flow_id, 0 AS version, '' AS node_id,
      '' AS subject, '' AS channel_type, '' AS agent_id, '' AS state, '' AS code, ${count} AS count, 0 AS seconds
    FROM written WHERE ${when}`;
}

/**
 * One statement a batch: the rows, and what the counter gains and loses by them. `counted` and `counted_at` keep what the counter and the
 * roll-up held of a row before, so that the change follows from the row itself; a row that is not older than the change stays and counts nothing. The
 * statement has no name on purpose: it is planned for the number of rows that it really gets.
 */
const WRITE = `
  WITH written AS (
    INSERT INTO participant AS known (id, workspace, campaign_id, customer_id, object_id, life, time_zone, name, email, phone,
      external_id, "values", upload_ids, created_at, updated_at, deleted, counted, revision)
    SELECT id, workspace, campaign_id, customer_id, object_id, life, time_zone, name, email, phone,
      external_id, "values", string_to_array(uploads, ',')::uuid[], created_at, updated_at, deleted, false, revision
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[],
      $10::text[], $11::text[], $12::json[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::bool[], $17::int[])
      AS batch (id, workspace, campaign_id, customer_id, object_id, life, time_zone, name, email, phone,
        external_id, "values", uploads, created_at, updated_at, deleted, revision)
    ON CONFLICT (id) DO UPDATE SET life = excluded.life, time_zone = excluded.time_zone, name = excluded.name,
      email = excluded.email, phone = excluded.phone, external_id = excluded.external_id, "values" = excluded."values",
      upload_ids = CASE
        WHEN excluded.deleted OR excluded.life > known.life OR known.upload_ids = '{}' THEN excluded.upload_ids
        WHEN known.upload_ids @> excluded.upload_ids THEN known.upload_ids
        ELSE (SELECT all_ids[greatest(1, cardinality(all_ids) - ${UPLOADS_MAX - 1}):] FROM (
          SELECT known.upload_ids || ARRAY(SELECT id FROM unnest(excluded.upload_ids) AS id WHERE id <> ALL (known.upload_ids)) AS all_ids
        ) AS merged)
      END,
      created_at = CASE WHEN excluded.life > known.life THEN excluded.created_at ELSE known.created_at END,
      updated_at = excluded.updated_at, deleted = excluded.deleted, counted = NOT known.deleted,
      counted_at = CASE WHEN NOT known.deleted THEN known.created_at END, revision = excluded.revision
    WHERE known.revision < excluded.revision
    RETURNING workspace, campaign_id, deleted, counted, created_at, counted_at
  ), moved AS (
    SELECT workspace, campaign_id, 'participants' AS measure, '' AS subject, '' AS state, '' AS detail,
      (NOT deleted)::int - counted::int AS count FROM written
  ), added AS (${ADD_TO_COUNTERS}), ${addToActivity(`(${joined('created_at', 1, 'NOT deleted')} UNION ALL ${joined('counted_at', -1, 'counted_at IS NOT NULL')})`)}`;

export async function writeParticipants(transaction: PoolClient, changes: readonly ParticipantChange[]): Promise<void> {
  const keys = changes.map(({ values }) => keysOf(values));
  await transaction.query(WRITE, [
    binaryArray.uuid(changes.map(({ id }) => id)),
    binaryArray.uuid(changes.map(({ workspace }) => workspace)),
    binaryArray.uuid(changes.map(({ campaignId }) => campaignId)),
    binaryArray.uuid(changes.map(({ customerId }) => customerId)),
    binaryArray.text(changes.map(({ objectId }) => objectId)),
    binaryArray.int4(changes.map(({ life }) => life)),
    binaryArray.text(changes.map(({ timeZone }) => timeZone)),
    binaryArray.text(keys.map(({ name }) => name)),
    binaryArray.text(keys.map(({ email }) => email)),
    binaryArray.text(keys.map(({ phone }) => phone)),
    binaryArray.text(keys.map(({ externalId }) => externalId)),
    binaryArray.json(changes.map(({ values }) => JSON.stringify(values))),
    binaryArray.text(changes.map(({ uploadIds }) => uploadIds.join(','))),
    binaryArray.timestamptz(changes.map(({ createdAt, updatedAt }) => createdAt ?? updatedAt)),
    binaryArray.timestamptz(changes.map(({ updatedAt }) => updatedAt)),
    binaryArray.bool(changes.map(({ deleted }) => deleted)),
    binaryArray.int4(changes.map(({ revision }) => revision)),
  ]);
}
