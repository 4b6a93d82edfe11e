-- AlterTable
ALTER TABLE "participant" ADD COLUMN     "counted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "activity" (
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "moment" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "flow_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "node_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "channel_type" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "seconds" BIGINT NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("workspace","campaign_id","moment","hour","flow_id","version","node_id","subject","channel_type","agent_id","state","code")
);

-- Written with every batch, a few rows each time.
ALTER TABLE "activity" SET (fillfactor = 50);

-- Roll-ups are a function of the rows, so those of what is there already follow from it; visits of nodes come with a rebuild.
INSERT INTO "activity" SELECT workspace, campaign_id, 'joined', date_trunc('hour', created_at), '', 0, '', '', '', '', '', '', count(*), 0
FROM "participant" WHERE NOT deleted GROUP BY 1, 2, 4;
INSERT INTO "activity"
SELECT workspace, campaign_id, 'planned', date_trunc('hour', planned_at), flow_id, 0, node_id, name, channel_type, agent_id, status, code, count(*), 0
FROM "communication" GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11, 12
UNION ALL
SELECT workspace, campaign_id, 'started', date_trunc('hour', started_at), flow_id, 0, node_id, name, channel_type, agent_id, '', '', count(*), 0
FROM "communication" WHERE started_at IS NOT NULL GROUP BY 1, 2, 4, 5, 7, 8, 9, 10
UNION ALL
SELECT workspace, campaign_id, 'ended', date_trunc('hour', ended_at), flow_id, 0, node_id, name, channel_type, agent_id, status, code, count(*), 0
FROM "communication" WHERE ended_at IS NOT NULL GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11, 12
UNION ALL
SELECT workspace, campaign_id, 'replied', date_trunc('hour', replied_at), flow_id, 0, node_id, name, channel_type, agent_id,
  CASE WHEN waited <= 60 THEN '60' WHEN waited <= 300 THEN '300' WHEN waited <= 900 THEN '900' WHEN waited <= 3600 THEN '3600'
    WHEN waited <= 14400 THEN '14400' WHEN waited <= 86400 THEN '86400' ELSE 'more' END, '', count(*), sum(waited)
FROM (SELECT *, floor(greatest(0, extract(epoch FROM replied_at - coalesce(started_at, replied_at))))::bigint AS waited FROM "communication" WHERE replied_at IS NOT NULL) AS replies
GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11;
