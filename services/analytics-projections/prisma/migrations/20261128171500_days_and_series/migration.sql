-- CreateTable
CREATE TABLE "activity_day" (
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "moment" TEXT NOT NULL,
    "day" TIMESTAMPTZ(3) NOT NULL,
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

    CONSTRAINT "activity_day_pkey" PRIMARY KEY ("workspace","campaign_id","moment","day","flow_id","version","node_id","subject","channel_type","agent_id","state","code")
);

-- CreateTable
CREATE TABLE "activity_series" (
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "moment" TEXT NOT NULL,
    "quarter_hour" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "activity_series_pkey" PRIMARY KEY ("workspace","campaign_id","moment","quarter_hour","state")
);

-- Written with every batch, a few rows each time.
ALTER TABLE "activity_day" SET (fillfactor = 50);
ALTER TABLE "activity_series" SET (fillfactor = 50);

-- Both follow from the quarters of an hour.
INSERT INTO "activity_day" SELECT workspace, campaign_id, moment, date_trunc('day', quarter_hour, 'UTC'), flow_id, version, node_id, subject,
  channel_type, agent_id, state, code, sum(count), sum(seconds)
FROM "activity" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 HAVING sum(count) <> 0;
INSERT INTO "activity_series" SELECT workspace, campaign_id, moment, quarter_hour, state, sum(count)
FROM "activity" WHERE moment <> 'visited' GROUP BY 1, 2, 3, 4, 5 HAVING sum(count) <> 0;
