SELECT
    e.position, s.name, e.revision, e.event_id, t.name, e.recorded_at, e.content_type,
    e.data, e.metadata, e.sealed, e.sealed_sha256, e.leaf_hash
FROM events e
JOIN streams s ON s.id = e.stream_id
JOIN event_types t ON t.id = e.type_id
WHERE e.stream_id = (SELECT id FROM streams WHERE name = $1)
    AND e.revision <= $2 AND e.position <= $3
ORDER BY e.revision DESC
LIMIT $4
