-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "waiting_for" TEXT;

-- AlterTable
ALTER TABLE "upload_revert" ADD COLUMN     "waiting_for" TEXT;
