-- What the newest event of a suppression says counts, in whatever order it is written; what is lifted stays, to say so.
ALTER TABLE "suppression" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "is_suppressed" BOOLEAN NOT NULL DEFAULT true;
