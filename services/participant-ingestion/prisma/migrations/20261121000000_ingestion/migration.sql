CREATE TABLE "identity_key" (
    "workspace" UUID NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "customer_id" UUID NOT NULL,

    CONSTRAINT "identity_key_pkey" PRIMARY KEY ("workspace", "key")
);

-- Who has an external_id: asked for a profile that is found by another key (A3).
CREATE INDEX "identity_key_external_id_idx" ON "identity_key" ("workspace", "customer_id") WHERE left("key", 2) = 'x:';

CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('receiving', 'importing', 'completed')),
    "status" TEXT CHECK ("status" IN ('Completed', 'Failed')),
    "reason" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "reading" JSON,
    "next_row" BIGINT NOT NULL DEFAULT 2,
    "next_byte" BIGINT NOT NULL DEFAULT 0,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "created" BIGINT NOT NULL DEFAULT 0,
    "updated" BIGINT NOT NULL DEFAULT 0,
    "unchanged" BIGINT NOT NULL DEFAULT 0,
    "failed" BIGINT NOT NULL DEFAULT 0,
    "lease_holder" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "import_began_at" TIMESTAMPTZ(3),
    "progressed_at" TIMESTAMPTZ(3),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "upload_counts_add_up" CHECK ("rows" = "created" + "updated" + "unchanged" + "failed")
);

-- One upload at a time per campaign.
CREATE UNIQUE INDEX "upload_under_way_idx" ON "upload" ("workspace", "campaign_id") WHERE "state" <> 'completed';
CREATE INDEX "upload_workspace_campaign_id_received_at_id_idx" ON "upload" ("workspace", "campaign_id", "received_at" DESC, "id" DESC);
-- What waits to be imported.
CREATE INDEX "upload_importing_idx" ON "upload" ("received_at") WHERE "state" = 'importing';

CREATE TABLE "upload_problem" (
    "upload_id" UUID NOT NULL,
    "row" BIGINT NOT NULL,
    "ordinal" SMALLINT NOT NULL,
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "upload_problem_pkey" PRIMARY KEY ("upload_id", "row", "ordinal")
);

CREATE TABLE "request_answer" (
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "request_key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "answer" JSON,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_answer_pkey" PRIMARY KEY ("workspace", "campaign_id", "request_key")
);
