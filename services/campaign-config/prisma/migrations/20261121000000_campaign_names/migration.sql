-- CreateTable
CREATE TABLE "campaign_name" (
    "workspace" UUID NOT NULL,
    "folded_name" TEXT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "reserved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaign_name_pkey" PRIMARY KEY ("workspace","folded_name")
);

-- CreateIndex
CREATE INDEX "campaign_name_campaign_id_idx" ON "campaign_name"("campaign_id");
