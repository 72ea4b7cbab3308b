SELECT
    position, stream_id, revision, event_id, type_id, recorded_at, content_type,
    data, metadata, sealed, sealed_sha256, leaf_hash
FROM events
WHERE stream_id = (SELECT id FROM streams WHERE name = $1) AND revision >= $2 AND position <= $3
ORDER BY revision
LIMIT $4
