CREATE TABLE IF NOT EXISTS consumer_partition (
    consumer text COLLATE "C" NOT NULL,
    part bigint NOT NULL,
    epoch bigint NOT NULL,
    position bigint NOT NULL,
    fault_position bigint,
    fault text,
    PRIMARY KEY (consumer, part)
)
