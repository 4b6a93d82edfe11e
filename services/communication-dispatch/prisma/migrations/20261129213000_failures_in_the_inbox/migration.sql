-- An entry that fails by itself is tried a few times, and not for ever.
ALTER TABLE "inbox_entry" ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0;
