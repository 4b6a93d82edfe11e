import { HELD_BY_STOP } from '../domain/timer.js';

/** Columns of a row, as `OpenTimer` has them. */
export const OPEN_COLUMNS = `communication_id, workspace, campaign_id, participant_id, channel_id, address_key, provider_message_id,
  started_at, kind, due_at, fence, lease_until > clock_timestamp() AS is_claimed`;

/** Writes rows that are newer than what stands there, and gives up the claims on them. */
export const UPSERT_OPEN = `
INSERT INTO timer AS old (communication_id, workspace, campaign_id, participant_id, channel_id, address_key, provider_message_id,
                          started_at, kind, sending, due_at, revision)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::timestamptz[],
                     $9::text[], $10::bool[], $11::timestamptz[], $12::int4[])
ON CONFLICT (communication_id) DO UPDATE SET
  address_key = excluded.address_key, provider_message_id = excluded.provider_message_id, started_at = excluded.started_at,
  kind = excluded.kind, sending = excluded.sending, due_at = excluded.due_at, revision = excluded.revision,
  lease_until = '-infinity', wait_until = '-infinity'
WHERE old.revision <= excluded.revision`;

export const PUT_LANES = `
INSERT INTO lane (campaign_id, channel_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`;

export const DELETE_ENDED = `
DELETE FROM timer USING unnest($1::uuid[], $2::int4[]) AS ended (communication_id, revision)
WHERE timer.communication_id = ended.communication_id AND timer.revision <= ended.revision`;

/**
 * What is claimed when a campaign stops may be on its way, and its claimer may die: unless it is given back, it is looked at though the
 * campaign is held. Marked here, once for each Stop, so that no claim has to look for such rows among all that a stopped campaign holds.
 */
export const PUT_CAMPAIGNS = `
WITH given AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bool[], $4::bool[], $5::int4[])
    AS given (campaign_id, workspace, held, deleted, revision)
),
put AS (
  INSERT INTO campaign AS old (campaign_id, workspace, held, deleted, revision) SELECT * FROM given
  ON CONFLICT (campaign_id) DO UPDATE SET held = excluded.held, deleted = excluded.deleted, revision = excluded.revision
  WHERE old.revision <= excluded.revision
),
claimed AS (
  SELECT timer.communication_id
  FROM given
  JOIN campaign AS old USING (campaign_id)
  JOIN timer USING (campaign_id)
  WHERE given.held AND NOT old.held AND old.revision <= given.revision
    AND timer.sending AND timer.lease_until > '-infinity'
  ORDER BY timer.communication_id FOR UPDATE OF timer
)
UPDATE timer SET sending = false FROM claimed WHERE timer.communication_id = claimed.communication_id`;

/** Campaign, channel and kind with something that may be claimed; 'now' is an instant far behind every timer of a deleted one. */
const LANES = `
  SELECT lane.campaign_id, lane.channel_id, campaign.workspace, kinds.sending,
         CASE WHEN campaign.deleted THEN 'infinity'::timestamptz ELSE $1::timestamptz END AS until
  FROM lane
  JOIN campaign USING (campaign_id)
  CROSS JOIN (VALUES (true), (false)) AS kinds (sending)
  WHERE campaign.deleted OR NOT kinds.sending OR NOT (campaign.held OR lane.channel_id = ANY($4::uuid[]))`;

const CLAIMABLE = `timer.campaign_id = lanes.campaign_id AND timer.channel_id = lanes.channel_id AND timer.sending = lanes.sending
    AND timer.due_at <= lanes.until AND timer.lease_until <= clock_timestamp() AND timer.wait_until <= clock_timestamp()`;

/**
 * $1 now by the Clock port, $2 limit, $3 lease in milliseconds, $4 busy channels. Every workspace with due work gets the same
 * share, and in it every lane; what others hold is passed over. Where there are more lanes than places, chance decides.
 * The order in "ready" keeps to the index: asked for any row, PostgreSQL expects one among the first and goes through all of them.
 * As an array, what was picked is looked up row by row: joined, it made PostgreSQL read the whole of a table that it took for small.
 */
export const CLAIM = `
WITH lanes AS MATERIALIZED (${LANES}),
ready AS MATERIALIZED (
  SELECT lanes.* FROM lanes
  CROSS JOIN LATERAL (SELECT FROM timer WHERE ${CLAIMABLE} ORDER BY timer.due_at LIMIT 1) AS first
),
shares AS MATERIALIZED (
  SELECT ready.*, greatest(1, ceil($2::numeric / (SELECT count(DISTINCT workspace) FROM ready)
                                              / count(*) OVER (PARTITION BY workspace)))::int AS size
  FROM ready ORDER BY random()
),
picked AS MATERIALIZED (
  SELECT lane_rows.communication_id
  FROM shares AS lanes
  CROSS JOIN LATERAL (
    SELECT timer.communication_id FROM timer WHERE ${CLAIMABLE}
    ORDER BY timer.due_at LIMIT lanes.size FOR UPDATE SKIP LOCKED
  ) AS lane_rows
  LIMIT $2
)
UPDATE timer SET lease_until = clock_timestamp() + $3 * interval '1 millisecond', fence = fence + 1
WHERE timer.communication_id = ANY(ARRAY(SELECT picked.communication_id FROM picked))
RETURNING timer.communication_id, timer.workspace, timer.campaign_id, timer.channel_id, timer.kind, timer.fence`;

export const RENEW = `
UPDATE timer SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
FROM unnest($1::uuid[], $2::int4[]) AS held (communication_id, fence)
WHERE timer.communication_id = held.communication_id AND timer.fence = held.fence
RETURNING timer.communication_id`;

/** Given back untouched: whether it is sending is what its kind says again, also if its campaign was stopped meanwhile. */
export const RELEASE = `
UPDATE timer SET sending = kind IN ('${HELD_BY_STOP.join("', '")}'), lease_until = '-infinity', wait_until = clock_timestamp() + released.wait_ms * interval '1 millisecond'
FROM unnest($1::uuid[], $2::int4[], $3::int4[]) AS released (communication_id, fence, wait_ms)
WHERE timer.communication_id = released.communication_id AND timer.fence = released.fence`;

/** The first timer of each lane by its index; those of held campaigns do not count. */
export const NEXT_DUE = `
SELECT min(first.due_at) AS due_at
FROM lane
JOIN campaign USING (campaign_id)
CROSS JOIN (VALUES (true), (false)) AS kinds (sending)
CROSS JOIN LATERAL (
  SELECT timer.due_at FROM timer
  WHERE timer.campaign_id = lane.campaign_id AND timer.channel_id = lane.channel_id AND timer.sending = kinds.sending
  ORDER BY timer.due_at LIMIT 1
) AS first
WHERE NOT (kinds.sending AND campaign.held)`;
