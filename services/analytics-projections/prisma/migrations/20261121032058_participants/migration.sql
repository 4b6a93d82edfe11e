-- CreateTable
CREATE TABLE "participant" (
    "id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "object_id" TEXT NOT NULL,
    "life" INTEGER NOT NULL,
    "time_zone" TEXT,
    "name" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "phone" TEXT COLLATE "C" NOT NULL,
    "external_id" TEXT COLLATE "C" NOT NULL,
    "values" JSON NOT NULL,
    "upload_ids" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted" BOOLEAN NOT NULL,
    "counted" BOOLEAN NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "participant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "communication" (
    "id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "life" INTEGER NOT NULL,
    "flow_id" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "channel_type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "counted_status" TEXT,
    "counted_code" TEXT,
    "send_at" TIMESTAMPTZ(3),
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "replied_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "session_id" UUID,
    "attempts" INTEGER NOT NULL,
    "result" TEXT,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "communication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "participant_path" (
    "participant_id" UUID NOT NULL,
    "flow_id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "participant_path_pkey" PRIMARY KEY ("participant_id","flow_id","trigger")
);

-- CreateTable
CREATE TABLE "campaign_counter" (
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "measure" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "campaign_counter_pkey" PRIMARY KEY ("workspace","campaign_id","measure","subject","state","detail")
);

-- CreateIndex
CREATE INDEX "participant_campaign_id_created_at_id_idx" ON "participant"("campaign_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "participant_campaign_id_updated_at_id_idx" ON "participant"("campaign_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "participant_campaign_id_name_id_idx" ON "participant"("campaign_id", "name", "id");

-- CreateIndex
CREATE INDEX "participant_campaign_id_email_id_idx" ON "participant"("campaign_id", "email", "id");

-- CreateIndex
CREATE INDEX "participant_campaign_id_phone_id_idx" ON "participant"("campaign_id", "phone", "id");

-- CreateIndex
CREATE INDEX "participant_campaign_id_external_id_id_idx" ON "participant"("campaign_id", "external_id", "id");

-- CreateIndex
CREATE INDEX "communication_campaign_id_planned_at_id_idx" ON "communication"("campaign_id", "planned_at", "id");

-- CreateIndex
CREATE INDEX "communication_participant_id_planned_at_id_idx" ON "communication"("participant_id", "planned_at", "id");

-- A communication is written again with every step of its life; none of its indexes holds what changes then, so a page with
-- room lets PostgreSQL write the new row beside the old one and touch no index. Counters are written with every batch.
ALTER TABLE "communication" SET (fillfactor = 80);
ALTER TABLE "campaign_counter" SET (fillfactor = 50);
