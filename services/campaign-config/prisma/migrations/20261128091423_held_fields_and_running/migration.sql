-- CreateTable
CREATE TABLE "held_field" (
    "campaign_id" UUID NOT NULL,
    "field_name" TEXT NOT NULL,
    "workspace" UUID NOT NULL,

    CONSTRAINT "held_field_pkey" PRIMARY KEY ("campaign_id","field_name")
);

-- CreateTable
CREATE TABLE "running_campaign" (
    "campaign_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,

    CONSTRAINT "running_campaign_pkey" PRIMARY KEY ("campaign_id")
);

-- CreateIndex
CREATE INDEX "running_campaign_workspace_idx" ON "running_campaign"("workspace");
