-- CreateTable
CREATE TABLE "waiting_participant" (
    "participant_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "created" BOOLEAN NOT NULL,
    "ended" BOOLEAN NOT NULL,

    CONSTRAINT "waiting_participant_pkey" PRIMARY KEY ("participant_id")
);

-- CreateTable
CREATE TABLE "planned_communication" (
    "communication_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "planned_communication_pkey" PRIMARY KEY ("communication_id")
);

-- CreateIndex
CREATE INDEX "waiting_participant_campaign_id_generation_idx" ON "waiting_participant"("campaign_id", "generation");

-- CreateIndex
CREATE INDEX "planned_communication_campaign_id_window_end_idx" ON "planned_communication"("campaign_id", "window_end");
