CREATE TABLE IF NOT EXISTS consumer (
    name text COLLATE "C" NOT NULL PRIMARY KEY,
    partitions bigint NOT NULL
)
