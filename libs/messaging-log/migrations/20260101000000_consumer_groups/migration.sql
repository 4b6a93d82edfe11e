-- Checkpoints, leases and dead letters of the consumer groups of one service, beside the state that they move with.

CREATE TABLE consumer_group (
    group_name      text        NOT NULL PRIMARY KEY,
    -- Fixed for ever: another number would change the partition of a key and break its order.
    partition_count smallint    NOT NULL CHECK (partition_count > 0),
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE consumer_member (
    group_name  text        NOT NULL REFERENCES consumer_group,
    member      uuid        NOT NULL,
    lease_until timestamptz NOT NULL,
    PRIMARY KEY (group_name, member)
);

-- The owner's lease is the lease of its partitions. The fence grows with every claim and every commit.
CREATE TABLE consumer_partition (
    group_name text     NOT NULL REFERENCES consumer_group,
    shard      smallint NOT NULL DEFAULT 0,
    partition  smallint NOT NULL,
    fence      bigint   NOT NULL DEFAULT 0,
    position   bigint   NOT NULL DEFAULT 0,
    cursor     text,
    owner      uuid,
    PRIMARY KEY (group_name, shard, partition)
) WITH (fillfactor = 50);

-- Keys that are handled further than the checkpoint of their partition, while a batch is being divided.
CREATE TABLE consumer_key_ahead (
    group_name text     NOT NULL REFERENCES consumer_group,
    shard      smallint NOT NULL DEFAULT 0,
    partition  smallint NOT NULL,
    key        uuid     NOT NULL,
    position   bigint   NOT NULL,
    PRIMARY KEY (group_name, shard, partition, key)
);

-- What could not be handled, and what waits behind it. The events themselves stay in the log.
CREATE TABLE dead_letter (
    group_name     text        NOT NULL REFERENCES consumer_group,
    shard          smallint    NOT NULL DEFAULT 0,
    position       bigint      NOT NULL,
    partition      smallint    NOT NULL,
    event_id       uuid        NOT NULL,
    stream         text        NOT NULL,
    revision       bigint      NOT NULL,
    workspace      uuid        NOT NULL,
    key            uuid        NOT NULL,
    type           text        NOT NULL,
    reason_code    text        NOT NULL,
    reason_message text        NOT NULL,
    attempts       integer     NOT NULL,
    first_at       timestamptz NOT NULL DEFAULT now(),
    last_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (group_name, shard, position)
);

CREATE INDEX dead_letter_key ON dead_letter (group_name, key, position);
