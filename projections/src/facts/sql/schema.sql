CREATE TABLE facts_@g@ (
    fact_id text COLLATE "C" NOT NULL PRIMARY KEY,
    event_position bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    thing text COLLATE "C" NOT NULL,
    subject text COLLATE "C",
    on_day text COLLATE "C",
    minute bigint,
    detail text COLLATE "C",
    value bigint,
    event_id text COLLATE "C" NOT NULL,
    from_position bigint NOT NULL,
    to_position bigint
)
