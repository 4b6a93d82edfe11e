-- A communication has an id of its provider only while it is under way: the planned ones, most of all, need no place in that index.
DROP INDEX "timer_provider_message_id_idx";
CREATE INDEX "timer_provider_message_id_idx" ON "timer"("provider_message_id") WHERE "provider_message_id" IS NOT NULL;
