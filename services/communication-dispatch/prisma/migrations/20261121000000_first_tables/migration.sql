-- CreateTable
CREATE TABLE "timer" (
    "communication_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "address_key" UUID NOT NULL,
    "provider_message_id" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "kind" TEXT NOT NULL,
    "sending" BOOLEAN NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity'::timestamptz,
    "wait_until" TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity'::timestamptz,

    CONSTRAINT "timer_pkey" PRIMARY KEY ("communication_id")
);

-- CreateTable
CREATE TABLE "lane" (
    "campaign_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,

    CONSTRAINT "lane_pkey" PRIMARY KEY ("campaign_id","channel_id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "campaign_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "held" BOOLEAN NOT NULL,
    "deleted" BOOLEAN NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("campaign_id")
);

-- CreateTable
CREATE TABLE "channel" (
    "channel_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("channel_id")
);

-- CreateTable
CREATE TABLE "channel_count" (
    "channel_id" UUID NOT NULL,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "failed" BIGINT NOT NULL DEFAULT 0,
    "unknown" BIGINT NOT NULL DEFAULT 0,
    "delayed" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "channel_count_pkey" PRIMARY KEY ("channel_id")
);

-- CreateTable
CREATE TABLE "inbox_entry" (
    "number" BIGSERIAL NOT NULL,
    "channel_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "wait_until" TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity'::timestamptz,
    "routed_to" TEXT,
    "communication_id" UUID,
    "outcome" TEXT,

    CONSTRAINT "inbox_entry_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "timer_campaign_id_channel_id_sending_due_at_idx" ON "timer"("campaign_id", "channel_id", "sending", "due_at");

-- CreateIndex
CREATE INDEX "timer_participant_id_idx" ON "timer"("participant_id");

-- CreateIndex
CREATE INDEX "timer_address_key_idx" ON "timer"("address_key");

-- CreateIndex
CREATE INDEX "timer_provider_message_id_idx" ON "timer"("provider_message_id");

-- CreateIndex
CREATE INDEX "inbox_entry_outcome_number_idx" ON "inbox_entry"("outcome", "number");

-- CreateIndex
CREATE INDEX "inbox_entry_stored_at_idx" ON "inbox_entry"("stored_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_entry_channel_id_dedupe_key_key" ON "inbox_entry"("channel_id", "dedupe_key");

-- Claims change nothing that is indexed: with room in the page they stay in it, and the indexes stay as they are.
ALTER TABLE "timer" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "inbox_entry" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
