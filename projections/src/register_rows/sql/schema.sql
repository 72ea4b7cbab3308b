CREATE TABLE register_rows_@g@ (
    row_key text COLLATE "C" NOT NULL PRIMARY KEY,
    position bigint NOT NULL,
    mac text NOT NULL,
    filled text,
    stream text NOT NULL,
    event_id text NOT NULL,
    macs text NOT NULL
)
