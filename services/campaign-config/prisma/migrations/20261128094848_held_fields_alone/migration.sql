-- DropTable
DROP TABLE "audience";
