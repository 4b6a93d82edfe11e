-- Without the deleted, who are in no list, and with the workspace and the instants, the index alone tells how many begin so, and who of
-- them came or changed last.
DROP INDEX "participant_campaign_id_name_id_idx";
CREATE INDEX "participant_campaign_id_name_id_idx" ON "participant"("campaign_id", "name", "id") INCLUDE ("workspace", "created_at", "updated_at") WHERE NOT "deleted";

DROP INDEX "participant_campaign_id_email_id_idx";
CREATE INDEX "participant_campaign_id_email_id_idx" ON "participant"("campaign_id", "email", "id") INCLUDE ("workspace", "created_at", "updated_at") WHERE NOT "deleted";

DROP INDEX "participant_campaign_id_phone_id_idx";
CREATE INDEX "participant_campaign_id_phone_id_idx" ON "participant"("campaign_id", "phone", "id") INCLUDE ("workspace", "created_at", "updated_at") WHERE NOT "deleted";

DROP INDEX "participant_campaign_id_external_id_id_idx";
CREATE INDEX "participant_campaign_id_external_id_id_idx" ON "participant"("campaign_id", "external_id", "id") INCLUDE ("workspace", "created_at", "updated_at") WHERE NOT "deleted";
