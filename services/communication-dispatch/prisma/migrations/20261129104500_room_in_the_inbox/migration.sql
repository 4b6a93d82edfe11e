-- Whatever becomes of an entry is written behind it, so each index costs twice an entry. Those that wait are few among those that
-- are kept; by the time of storing only old ones are looked for, and they lie together.
DROP INDEX "inbox_entry_outcome_number_idx";
CREATE INDEX "inbox_entry_waiting_idx" ON "inbox_entry"("number") WHERE "outcome" IS NULL;
DROP INDEX "inbox_entry_stored_at_idx";
CREATE INDEX "inbox_entry_stored_at_idx" ON "inbox_entry" USING BRIN ("stored_at");
-- A claim changes nothing that is indexed: with room for a second version of every entry it stays in its page and touches no index.
ALTER TABLE "inbox_entry" SET (fillfactor = 50);
