-- CreateTable
CREATE TABLE "upload_revert" (
    "upload_id" UUID NOT NULL,
    "is_preview" BOOLEAN NOT NULL,
    "workspace" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "shard" SMALLINT NOT NULL,
    "from_number" BIGINT NOT NULL,
    "to_number" BIGINT NOT NULL,
    "at_number" BIGINT NOT NULL,
    "participants_deleted" BIGINT NOT NULL DEFAULT 0,
    "participants_restored" BIGINT NOT NULL DEFAULT 0,
    "profiles_restored" BIGINT NOT NULL DEFAULT 0,
    "left_alone" BIGINT NOT NULL DEFAULT 0,
    "lease_holder" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "upload_revert_pkey" PRIMARY KEY ("upload_id","is_preview")
);

-- CreateTable
CREATE TABLE "upload_revert_left" (
    "upload_id" UUID NOT NULL,
    "is_preview" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "row" BIGINT NOT NULL,
    "subject_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "fields" TEXT[],

    CONSTRAINT "upload_revert_left_pkey" PRIMARY KEY ("upload_id","is_preview","reason","row","subject_id")
);
