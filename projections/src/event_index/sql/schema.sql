CREATE TABLE event_index_@g@ (
    entry text COLLATE "C" NOT NULL PRIMARY KEY,
    last_position bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    block bigint NOT NULL,
    events bigint NOT NULL,
    positions text NOT NULL
)
