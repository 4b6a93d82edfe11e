-- How far the relay is in each topic, and who may publish. One relay at a time: the fence grows with every taking of the lease,
-- which runs on the clock of this database.

CREATE TABLE relay_lease (
    topic           text        NOT NULL PRIMARY KEY,
    -- Fixed for ever: another number would change the partition of a key and break its order.
    partition_count smallint    NOT NULL CHECK (partition_count > 0),
    fence           bigint      NOT NULL DEFAULT 0,
    owner           uuid,
    lease_until     timestamptz NOT NULL DEFAULT '-infinity'
);

-- All events of the partition up to the position are acknowledged by the brokers.
CREATE TABLE relay_partition (
    topic     text     NOT NULL REFERENCES relay_lease,
    shard     smallint NOT NULL DEFAULT 0,
    partition smallint NOT NULL,
    position  bigint   NOT NULL DEFAULT 0,
    -- The last event of this partition up to there.
    previous  bigint   NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, shard, partition)
) WITH (fillfactor = 50);

-- Events that the brokers refused for what they are. Consumers read them from the log.
CREATE TABLE withheld_event (
    topic       text        NOT NULL REFERENCES relay_lease,
    shard       smallint    NOT NULL DEFAULT 0,
    position    bigint      NOT NULL,
    partition   smallint    NOT NULL,
    event_id    uuid        NOT NULL,
    reason      text        NOT NULL,
    withheld_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, shard, position)
);
