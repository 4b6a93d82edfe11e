-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "channel_id" TEXT NOT NULL,
    "channel_type" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "communication_id" UUID,
    "participant_id" UUID,
    "customer_id" UUID,
    "campaign_id" UUID,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "close_reason" TEXT,
    "results" JSON,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_message" (
    "session_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "workspace" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "direction" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "session_message_pkey" PRIMARY KEY ("session_id","revision")
);

-- CreateTable
CREATE TABLE "session_participant" (
    "session_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,

    CONSTRAINT "session_participant_pkey" PRIMARY KEY ("session_id","participant_id")
);

-- CreateIndex
CREATE INDEX "session_workspace_opened_at_id_idx" ON "session"("workspace", "opened_at", "id");

-- CreateIndex
CREATE INDEX "session_customer_id_idx" ON "session"("customer_id");

-- CreateIndex
CREATE INDEX "participant_customer_id_idx" ON "participant"("customer_id");

-- Words of what was said, without regard to any language.
CREATE INDEX "session_message_words" ON "session_message" USING gin (to_tsvector('simple', "text"));
