SELECT
    position, stream_id, revision, event_id, type_id, recorded_at, content_type,
    data, metadata, sealed, sealed_sha256, leaf_hash
FROM events
WHERE position BETWEEN ?1 AND ?2
ORDER BY position DESC
LIMIT ?3
