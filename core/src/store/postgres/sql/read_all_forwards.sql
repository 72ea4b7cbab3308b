SELECT
    e.position, s.name, e.revision, e.event_id, t.name, e.recorded_at, e.content_type,
    e.data, e.metadata, e.sealed, e.sealed_sha256, e.leaf_hash
FROM events e
JOIN streams s ON s.id = e.stream_id
JOIN event_types t ON t.id = e.type_id
WHERE e.position BETWEEN $1 AND $2
    AND ($3::text[] IS NULL OR t.name = ANY ($3))
    AND ($4::text IS NULL OR starts_with(s.name, $4))
ORDER BY e.position
LIMIT $5
