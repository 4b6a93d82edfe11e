-- CreateTable
CREATE TABLE "sender_key" (
    "participant_id" UUID NOT NULL,
    "key" UUID NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "sender_key_pkey" PRIMARY KEY ("participant_id","key")
);

-- CreateTable
CREATE TABLE "sender_session" (
    "sender" UUID NOT NULL,
    "session_id" UUID NOT NULL,

    CONSTRAINT "sender_session_pkey" PRIMARY KEY ("sender","session_id")
);

-- CreateIndex
CREATE INDEX "sender_key_key_idx" ON "sender_key"("key");

-- CreateIndex
CREATE INDEX "sender_key_erased_at_idx" ON "sender_key"("erased_at");
