-- CreateTable
CREATE TABLE "conversation_erasure" (
    "id" UUID NOT NULL,
    "workspace" UUID NOT NULL,

    CONSTRAINT "conversation_erasure_pkey" PRIMARY KEY ("id")
);
