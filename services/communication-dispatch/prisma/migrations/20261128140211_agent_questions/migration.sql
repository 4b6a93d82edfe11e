-- CreateTable
CREATE TABLE "agent_question" (
    "message_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "give_up_at" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "wait_until" TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity'::timestamptz,

    CONSTRAINT "agent_question_pkey" PRIMARY KEY ("message_id")
);

-- CreateIndex
CREATE INDEX "agent_question_wait_until_idx" ON "agent_question"("wait_until");
