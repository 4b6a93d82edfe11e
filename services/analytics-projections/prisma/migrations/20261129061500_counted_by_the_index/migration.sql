-- With the workspace, and without the deleted, which are in no list, the index alone tells how many begin so.
DROP INDEX "participant_campaign_id_name_id_idx";
CREATE INDEX "participant_campaign_id_name_id_idx" ON "participant"("campaign_id", "name", "id") INCLUDE ("workspace") WHERE NOT "deleted";

DROP INDEX "participant_campaign_id_email_id_idx";
CREATE INDEX "participant_campaign_id_email_id_idx" ON "participant"("campaign_id", "email", "id") INCLUDE ("workspace") WHERE NOT "deleted";

DROP INDEX "participant_campaign_id_phone_id_idx";
CREATE INDEX "participant_campaign_id_phone_id_idx" ON "participant"("campaign_id", "phone", "id") INCLUDE ("workspace") WHERE NOT "deleted";

DROP INDEX "participant_campaign_id_external_id_id_idx";
CREATE INDEX "participant_campaign_id_external_id_id_idx" ON "participant"("campaign_id", "external_id", "id") INCLUDE ("workspace") WHERE NOT "deleted";
