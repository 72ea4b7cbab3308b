CREATE TABLE IF NOT EXISTS projection (
    name text NOT NULL,
    generation bigint NOT NULL,
    version bigint NOT NULL,
    position bigint NOT NULL,
    state text NOT NULL,
    fault text,
    PRIMARY KEY (name, generation)
)
