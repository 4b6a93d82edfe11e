-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "type" TEXT NOT NULL DEFAULT 'whatsapp';

-- CreateTable
CREATE TABLE "suppression" (
    "channel_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "workspace" UUID NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("channel_id","customer_id")
);
