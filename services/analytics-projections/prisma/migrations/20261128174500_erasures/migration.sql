-- CreateTable
CREATE TABLE "participant_erasure" (
    "participant_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,
    "life" INTEGER NOT NULL,

    CONSTRAINT "participant_erasure_pkey" PRIMARY KEY ("participant_id")
);
