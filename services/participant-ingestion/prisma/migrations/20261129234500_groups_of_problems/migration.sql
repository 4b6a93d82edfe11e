-- CreateTable
CREATE TABLE "upload_problem_group" (
    "upload_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "examples" JSONB NOT NULL,

    CONSTRAINT "upload_problem_group_pkey" PRIMARY KEY ("upload_id","field","code")
);

-- Those of the problems that are stored. The first rows of a group come out of a sort, which goes to the disk where it is large.
INSERT INTO "upload_problem_group" ("upload_id", "field", "code", "reason", "count", "examples")
SELECT "upload_id", "field", "code", "reason", "count", "examples"
FROM (
    SELECT "upload_id", "field", "code", min("reason") AS "reason", count(*) AS "count"
    FROM "upload_problem" GROUP BY "upload_id", "field", "code"
) AS "counted"
JOIN (
    SELECT "upload_id", "field", "code",
        jsonb_agg(jsonb_build_object('row', "row", 'value', "value") ORDER BY "row", "ordinal") AS "examples"
    FROM (
        SELECT *, row_number() OVER (PARTITION BY "upload_id", "field", "code" ORDER BY "row", "ordinal") AS "place"
        FROM "upload_problem"
    ) AS "placed"
    WHERE "place" <= 5 GROUP BY "upload_id", "field", "code"
) AS "first" USING ("upload_id", "field", "code");
