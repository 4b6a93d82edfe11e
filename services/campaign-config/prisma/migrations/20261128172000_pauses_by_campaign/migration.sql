-- One index a table: what waits is written for every participant and every communication, and is counted when somebody asks.
ALTER TABLE "waiting_participant" DROP CONSTRAINT "waiting_participant_pkey", ADD CONSTRAINT "waiting_participant_pkey" PRIMARY KEY ("campaign_id", "participant_id");
DROP INDEX "waiting_participant_campaign_id_generation_idx";
ALTER TABLE "planned_communication" DROP CONSTRAINT "planned_communication_pkey", ADD CONSTRAINT "planned_communication_pkey" PRIMARY KEY ("campaign_id", "communication_id");
DROP INDEX "planned_communication_campaign_id_window_end_idx";
