-- Only those who wait for a Start are looked for by their mark. Everybody else's row is written with every step of her
-- communications: without an entry here, and with room on the page, PostgreSQL writes the new row beside the old one and touches
-- no index.
DROP INDEX "participant_campaign_id_first_mark_idx";
CREATE INDEX "participant_campaign_id_first_mark_idx" ON "participant" ("campaign_id", "first_mark") WHERE "first_mark" IS NOT NULL;
ALTER TABLE "participant" SET (fillfactor = 80);
