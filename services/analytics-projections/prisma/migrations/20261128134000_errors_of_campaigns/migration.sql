-- AlterTable
ALTER TABLE "campaign" ADD COLUMN "error" JSON;
