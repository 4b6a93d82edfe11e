-- CreateTable
CREATE TABLE "customer" (
    "workspace" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contacts" TIMESTAMPTZ(3)[],

    CONSTRAINT "customer_pkey" PRIMARY KEY ("workspace","id")
);

-- What was kept of each participant is its customer's; a participant that is deleted takes it along no more.
INSERT INTO "customer" ("workspace", "id", "contacts")
SELECT "workspace", ("state"->>'customerId')::uuid, (array_agg("time" ORDER BY "time" DESC))[:100]
FROM "participant",
  LATERAL (SELECT "value"::timestamptz AS "time" FROM json_array_elements_text("state"->'contacts') AS "contact" ("value")) AS "kept"
GROUP BY 1, 2;
UPDATE "participant" SET "state" = ("state"::jsonb - 'contacts')::json WHERE json_array_length("state"->'contacts') > 0;
