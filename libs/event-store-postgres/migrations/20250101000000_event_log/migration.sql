-- The log. One table, two indexes: by place in the log, and by place in the stream. No index on the event id: an id is always
-- looked for at its revision.

-- Names of categories, as numbers in the log.
CREATE TABLE event_log.categories (
    code smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE event_log.events (
    position    bigint      NOT NULL,
    time        timestamptz NOT NULL,
    stream      uuid        NOT NULL,
    id          uuid        NOT NULL,
    workspace   uuid        NOT NULL,
    key         uuid        NOT NULL,
    causation   uuid        NOT NULL,
    correlation uuid        NOT NULL,
    revision    integer     NOT NULL,
    shard       smallint    NOT NULL,
    category    smallint    NOT NULL,
    hop         smallint    NOT NULL,
    type        text        NOT NULL,
    actor       text        NOT NULL,
    data        json        NOT NULL,
    -- What says something about a person: the only column that ever changes, and only to NULL.
    personal    json,
    -- Characters of both as they were written, so that a page of the log can end before it is too large.
    size        integer     NOT NULL,
    CONSTRAINT events_by_position PRIMARY KEY (shard, position),
    CONSTRAINT events_by_stream UNIQUE (stream, category, revision)
);

-- Appends events to many streams of one shard, in one statement from the caller's side, so that nothing slow can happen while the
-- lock is held. `write_*`: one element a stream; `event_*`: one element an event, in the order of the writes, `event_write` being
-- the number of its write from 1.
--
-- The lock is held until the commit is visible. Positions are given under it, so a reader that sees a position has every one
-- before it, and there are no gaps. Every statement in here sees what was committed before it (READ COMMITTED, VOLATILE); with any
-- other isolation the check could be older than the lock.
--
-- A stream that is not at its expected revision is left out and answered: the number of its write, and where it really is.
-- Nearly always every stream is where it should be. So the events are inserted first, and the unique index says whether one of
-- their places is taken; only the event before a continued stream is looked for. Looking up all ends first costs a quarter more.
CREATE FUNCTION event_log.append(
    IN append_shard smallint,
    IN write_stream uuid[], IN write_category smallint[], IN write_expected integer[],
    IN event_write integer[], IN event_stream uuid[], IN event_category smallint[], IN event_revision integer[],
    IN event_id uuid[], IN event_type text[], IN event_workspace uuid[], IN event_key uuid[], IN event_time timestamptz[],
    IN event_causation uuid[], IN event_correlation uuid[], IN event_actor text[], IN event_hop smallint[],
    IN event_data json[], IN event_personal json[], IN event_size integer[],
    OUT base bigint, OUT refused integer[], OUT refused_at integer[]
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'event_log.append needs READ COMMITTED';
    END IF;
    PERFORM pg_advisory_xact_lock(1886349678, append_shard);
    base := coalesce((SELECT e.position FROM event_log.events e WHERE e.shard = append_shard ORDER BY e.position DESC LIMIT 1), 0);

    IF NOT EXISTS (
        SELECT FROM unnest(write_stream, write_category, write_expected) AS u (stream, category, expected)
        WHERE u.expected >= 0 AND NOT EXISTS (
            SELECT FROM event_log.events e WHERE e.stream = u.stream AND e.category = u.category AND e.revision = u.expected)
    ) THEN
        BEGIN
            INSERT INTO event_log.events (position, time, stream, id, workspace, key, causation, correlation, revision, shard, category, hop, type, actor, data, personal, size)
            SELECT base + u.number, u.time, u.stream, u.id, u.workspace, u.key, u.causation, u.correlation, u.revision, append_shard, u.category, u.hop, u.type, u.actor, u.data, u.personal, u.size
            FROM unnest(event_stream, event_category, event_revision, event_id, event_type, event_workspace, event_key, event_time,
                        event_causation, event_correlation, event_actor, event_hop, event_data, event_personal, event_size)
                 WITH ORDINALITY AS u (stream, category, revision, id, type, workspace, key, time, causation, correlation, actor, hop, data, personal, size, number);
            RETURN;
        EXCEPTION WHEN unique_violation THEN
            NULL; -- Nothing of it stays; which streams they are is found out now.
        END;
    END IF;

    SELECT array_agg(w.number::integer), array_agg(w.actual) INTO refused, refused_at
    FROM (
        SELECT u.number, u.expected, coalesce(
            (SELECT e.revision FROM event_log.events e
             WHERE e.stream = u.stream AND e.category = u.category ORDER BY e.revision DESC LIMIT 1), -1) AS actual
        FROM unnest(write_stream, write_category, write_expected) WITH ORDINALITY AS u (stream, category, expected, number)
    ) w
    WHERE w.actual <> w.expected;

    INSERT INTO event_log.events (position, time, stream, id, workspace, key, causation, correlation, revision, shard, category, hop, type, actor, data, personal, size)
    SELECT base + row_number() OVER (ORDER BY u.number), u.time, u.stream, u.id, u.workspace, u.key, u.causation, u.correlation, u.revision, append_shard, u.category, u.hop, u.type, u.actor, u.data, u.personal, u.size
    FROM unnest(event_write, event_stream, event_category, event_revision, event_id, event_type, event_workspace, event_key, event_time,
                event_causation, event_correlation, event_actor, event_hop, event_data, event_personal, event_size)
         WITH ORDINALITY AS u (write, stream, category, revision, id, type, workspace, key, time, causation, correlation, actor, hop, data, personal, size, number)
    WHERE NOT EXISTS (SELECT FROM unnest(refused) AS r (write) WHERE r.write = u.write);
END
$$;
