-- Nobody is looked for by a way of reaching her that she does not have, and few have all five.
DROP INDEX "person_email_key_idx";
DROP INDEX "person_phone_key_idx";
DROP INDEX "person_telegram_key_idx";
DROP INDEX "person_whatsapp_key_idx";
DROP INDEX "person_web_key_idx";
CREATE INDEX "person_email_key_idx" ON "person"("email_key") WHERE "email_key" IS NOT NULL;
CREATE INDEX "person_phone_key_idx" ON "person"("phone_key") WHERE "phone_key" IS NOT NULL;
CREATE INDEX "person_telegram_key_idx" ON "person"("telegram_key") WHERE "telegram_key" IS NOT NULL;
CREATE INDEX "person_whatsapp_key_idx" ON "person"("whatsapp_key") WHERE "whatsapp_key" IS NOT NULL;
CREATE INDEX "person_web_key_idx" ON "person"("web_key") WHERE "web_key" IS NOT NULL;
