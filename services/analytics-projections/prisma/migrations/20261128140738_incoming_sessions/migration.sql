-- The conversations that a participant began herself, for her timeline.
CREATE INDEX "session_participant_participant_id_idx" ON "session_participant"("participant_id");
