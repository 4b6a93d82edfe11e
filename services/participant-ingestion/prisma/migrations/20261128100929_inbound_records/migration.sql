-- CreateTable
CREATE TABLE "inbound_partition" (
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "fence" BIGINT NOT NULL,
    "next_offset" BIGINT NOT NULL DEFAULT 0,
    "begun_through" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "inbound_partition_pkey" PRIMARY KEY ("topic","partition")
);

-- CreateTable
CREATE TABLE "inbound_dead_letter" (
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "record_offset" BIGINT NOT NULL,
    "workspace" UUID,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "buried_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbound_dead_letter_pkey" PRIMARY KEY ("topic","partition","record_offset")
);
