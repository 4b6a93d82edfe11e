-- CreateTable
CREATE TABLE "contact_hour" (
    "workspace" UUID NOT NULL,
    "channel_type" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "hour" SMALLINT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "contact_hour_pkey" PRIMARY KEY ("workspace","channel_type","day","hour")
);
