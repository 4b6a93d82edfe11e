-- CreateTable
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "modified_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "campaign_workspace_created_at_id_idx" ON "campaign"("workspace", "created_at", "id");

-- CreateIndex
CREATE INDEX "campaign_workspace_modified_at_id_idx" ON "campaign"("workspace", "modified_at", "id");
