-- Days begin at a quarter of an hour in UTC wherever one lives, and not everywhere at a full hour.
ALTER TABLE "activity" RENAME COLUMN "hour" TO "quarter_hour";

-- Roll-ups are a function of the rows; visits of nodes stand at the hour until a rebuild.
DELETE FROM "activity" WHERE moment <> 'visited';
INSERT INTO "activity" SELECT workspace, campaign_id, 'joined', date_bin('15 minutes', created_at, timestamptz '2000-01-01 00:00Z'), '', 0, '', '', '', '', '', '', count(*), 0
FROM "participant" WHERE NOT deleted GROUP BY 1, 2, 4;
INSERT INTO "activity"
SELECT workspace, campaign_id, 'planned', date_bin('15 minutes', planned_at, timestamptz '2000-01-01 00:00Z'), flow_id, 0, node_id, name, channel_type, agent_id, status, code, count(*), 0
FROM "communication" GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11, 12
UNION ALL
SELECT workspace, campaign_id, 'started', date_bin('15 minutes', started_at, timestamptz '2000-01-01 00:00Z'), flow_id, 0, node_id, name, channel_type, agent_id, '', '', count(*), 0
FROM "communication" WHERE started_at IS NOT NULL GROUP BY 1, 2, 4, 5, 7, 8, 9, 10
UNION ALL
SELECT workspace, campaign_id, 'ended', date_bin('15 minutes', ended_at, timestamptz '2000-01-01 00:00Z'), flow_id, 0, node_id, name, channel_type, agent_id, status, code, count(*), 0
FROM "communication" WHERE ended_at IS NOT NULL GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11, 12
UNION ALL
SELECT workspace, campaign_id, 'replied', date_bin('15 minutes', replied_at, timestamptz '2000-01-01 00:00Z'), flow_id, 0, node_id, name, channel_type, agent_id,
  CASE WHEN waited <= 60 THEN '60' WHEN waited <= 300 THEN '300' WHEN waited <= 900 THEN '900' WHEN waited <= 3600 THEN '3600'
    WHEN waited <= 14400 THEN '14400' WHEN waited <= 86400 THEN '86400' ELSE 'more' END, '', count(*), sum(waited)
FROM (SELECT *, floor(greatest(0, extract(epoch FROM replied_at - coalesce(started_at, replied_at))))::bigint AS waited FROM "communication" WHERE replied_at IS NOT NULL) AS replies
GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11;
