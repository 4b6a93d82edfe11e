-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "warned" BIGINT NOT NULL DEFAULT 0;

-- What is stored so far are errors. The keys are made anew, so that whoever reads errors does not read over warnings, nor the other
-- way round.
ALTER TABLE "upload_problem" DROP CONSTRAINT "upload_problem_pkey",
ADD COLUMN     "severity" TEXT NOT NULL DEFAULT 'error' CHECK ("severity" IN ('error', 'warning')),
ADD CONSTRAINT "upload_problem_pkey" PRIMARY KEY ("upload_id", "severity", "row", "ordinal");

ALTER TABLE "upload_problem_group" DROP CONSTRAINT "upload_problem_group_pkey",
ADD COLUMN     "severity" TEXT NOT NULL DEFAULT 'error' CHECK ("severity" IN ('error', 'warning')),
ADD CONSTRAINT "upload_problem_group_pkey" PRIMARY KEY ("upload_id", "severity", "field", "code");
