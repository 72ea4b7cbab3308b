-- Streams of $3 rows, $2 of them written in turns, as in a grown ledger.
INSERT INTO bare (stream_id, revision, event_id, type_id, content_type, data, metadata, leaf_hash)
SELECT
    n / ($2::bigint * $3::bigint) * $2::bigint + n % $2::bigint,
    n % ($2::bigint * $3::bigint) / $2::bigint,
    gen_random_uuid(), 1, 'application/json', $4::bytea, $5::bytea, $6::bytea
FROM generate_series(0, $1::bigint - 1) AS n
