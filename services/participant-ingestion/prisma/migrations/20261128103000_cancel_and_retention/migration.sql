ALTER TABLE "upload" ADD COLUMN "cancel_requested" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "upload" ADD COLUMN "content_removed_at" TIMESTAMPTZ(3);

-- Whose file and problems are still kept.
CREATE INDEX "upload_kept_idx" ON "upload" ("progressed_at") WHERE "state" = 'completed' AND "content_removed_at" IS NULL;

CREATE INDEX "request_answer_begun_at_idx" ON "request_answer" ("begun_at");
