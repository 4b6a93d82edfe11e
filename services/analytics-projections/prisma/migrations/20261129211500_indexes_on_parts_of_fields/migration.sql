-- A value may have 32,767 characters, an entry of an index at most 2,704 bytes: an index on a text of the participants holds its
-- beginning. Those that somebody asked for before are replaced, because a row with a longer value could not be written.
DO $$
DECLARE
  field record;
BEGIN
  FOR field IN
    SELECT c.relname AS name, pg_get_indexdef(c.oid, 1, false) AS text, pg_get_expr(i.indpred, i.indrelid) AS condition, i.indisvalid AS valid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = 'participant'::regclass AND c.relname ~ '^field_[0-9a-f]{40}$'
      AND pg_get_indexdef(c.oid, 1, false) !~ 'double precision'
  LOOP
    EXECUTE format('DROP STATISTICS IF EXISTS %I', field.name);
    EXECUTE format('DROP INDEX %I', field.name);
    CONTINUE WHEN NOT field.valid;
    EXECUTE format('CREATE INDEX %I ON participant (left((%s) COLLATE "C", 256), id) WHERE %s', field.name, field.text, field.condition);
    EXECUTE format('CREATE STATISTICS %I ON (left((%s) COLLATE "C", 256)) FROM participant', field.name, field.text);
  END LOOP;
  IF FOUND THEN
    ANALYZE participant;
  END IF;
END $$;
