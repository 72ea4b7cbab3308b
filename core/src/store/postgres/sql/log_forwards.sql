SELECT
    position, stream_id, revision, event_id, type_id, recorded_at, content_type,
    data, metadata, sealed, sealed_sha256, leaf_hash
FROM events
WHERE position >= $1
ORDER BY position
LIMIT $2
