-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "date_format" TEXT,
ADD COLUMN     "part_bytes" BIGINT;
