-- CreateTable
CREATE TABLE "session_timer" (
    "session_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity'::timestamptz,

    CONSTRAINT "session_timer_pkey" PRIMARY KEY ("session_id")
);

-- CreateTable
CREATE TABLE "inbound_session" (
    "address_key" UUID NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "inbound_session_pkey" PRIMARY KEY ("address_key")
);

-- CreateTable
CREATE TABLE "person" (
    "participant_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "email_key" UUID,
    "phone_key" UUID,
    "telegram_key" UUID,
    "whatsapp_key" UUID,
    "web_key" UUID,

    CONSTRAINT "person_pkey" PRIMARY KEY ("participant_id")
);

-- CreateTable
CREATE TABLE "failed_communication" (
    "communication_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "failed_communication_pkey" PRIMARY KEY ("communication_id")
);

-- CreateIndex
CREATE INDEX "session_timer_due_at_idx" ON "session_timer"("due_at");

-- CreateIndex
CREATE INDEX "person_email_key_idx" ON "person"("email_key");

-- CreateIndex
CREATE INDEX "person_phone_key_idx" ON "person"("phone_key");

-- CreateIndex
CREATE INDEX "person_telegram_key_idx" ON "person"("telegram_key");

-- CreateIndex
CREATE INDEX "person_whatsapp_key_idx" ON "person"("whatsapp_key");

-- CreateIndex
CREATE INDEX "person_web_key_idx" ON "person"("web_key");

-- CreateIndex
CREATE INDEX "failed_communication_workspace_campaign_id_communication_id_idx" ON "failed_communication"("workspace", "campaign_id", "communication_id");
