-- CreateTable
CREATE TABLE "participant" (
    "id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "first_mark" BIGINT,
    "state" JSON NOT NULL,

    CONSTRAINT "participant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catch_up" (
    "campaign_id" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "workspace" UUID NOT NULL,
    "started_number" BIGINT NOT NULL,
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "finished" BOOLEAN NOT NULL DEFAULT false,
    "lease_until" TIMESTAMPTZ(3),
    "lease_number" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "catch_up_pkey" PRIMARY KEY ("campaign_id","generation")
);

-- CreateIndex
CREATE INDEX "participant_campaign_id_first_mark_idx" ON "participant"("campaign_id", "first_mark");

-- CreateIndex
CREATE INDEX "catch_up_finished_lease_until_idx" ON "catch_up"("finished", "lease_until");
