CREATE TABLE head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    ledger_id uuid NOT NULL,
    position bigint NOT NULL,
    epoch bigint NOT NULL,
    frontier bytea NOT NULL,
    recorded_at timestamptz
) WITH (fillfactor = 10);

CREATE TABLE streams (
    id bigint PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    category text COLLATE "C"
);

CREATE TABLE event_types (
    id bigint PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE events (
    position bigint NOT NULL,
    stream_id bigint NOT NULL,
    revision bigint NOT NULL,
    event_id uuid NOT NULL,
    type_id bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    content_type text NOT NULL,
    data bytea NOT NULL,
    metadata bytea NOT NULL,
    sealed bytea,
    sealed_sha256 bytea,
    leaf_hash bytea NOT NULL
);

CREATE UNIQUE INDEX events_position ON events (position);
CREATE UNIQUE INDEX events_stream ON events (stream_id, revision);

CREATE TABLE lease (
    name text PRIMARY KEY,
    holder uuid NOT NULL,
    epoch bigint NOT NULL,
    until timestamptz NOT NULL
);

CREATE VIEW events_readable AS
SELECT
    e.position, s.name AS stream, e.revision, e.event_id, t.name AS type, e.recorded_at,
    CASE WHEN e.content_type = 'application/json' THEN convert_from(e.data, 'UTF8')::jsonb END AS data,
    CASE WHEN e.content_type = 'application/json' THEN convert_from(e.metadata, 'UTF8')::jsonb END AS metadata,
    e.sealed IS NOT NULL AS sealed,
    e.sealed_sha256 IS NOT NULL AS erased,
    encode(e.leaf_hash, 'hex') AS leaf_hash
FROM events e
JOIN streams s ON s.id = e.stream_id
JOIN event_types t ON t.id = e.type_id;
