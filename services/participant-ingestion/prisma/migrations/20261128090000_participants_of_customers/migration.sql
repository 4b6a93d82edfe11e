CREATE TABLE "customer_participant" (
    "workspace" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "object_id" TEXT NOT NULL,

    CONSTRAINT "customer_participant_pkey" PRIMARY KEY ("workspace", "customer_id", "participant_id")
);
