CREATE TABLE bare (
    position bigserial PRIMARY KEY, stream_id bigint NOT NULL, revision bigint NOT NULL,
    event_id uuid NOT NULL, type_id bigint NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now(),
    content_type text NOT NULL, data bytea NOT NULL, metadata bytea NOT NULL, sealed bytea,
    leaf_hash bytea NOT NULL, UNIQUE (stream_id, revision)
)
