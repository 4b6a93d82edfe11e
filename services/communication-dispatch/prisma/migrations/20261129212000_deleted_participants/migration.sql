-- CreateTable
CREATE TABLE "deleted_participant" (
    "participant_id" UUID NOT NULL,
    "life" INTEGER NOT NULL,

    CONSTRAINT "deleted_participant_pkey" PRIMARY KEY ("participant_id")
);
