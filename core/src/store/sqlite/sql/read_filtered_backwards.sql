SELECT
    e.position, e.stream_id, e.revision, e.event_id, e.type_id, e.recorded_at, e.content_type,
    e.data, e.metadata, e.sealed, e.sealed_sha256, e.leaf_hash
FROM events e
JOIN streams s ON s.id = e.stream_id
JOIN event_types t ON t.id = e.type_id
WHERE e.position BETWEEN ?1 AND ?2
    AND (?3 IS NULL OR t.name IN (SELECT value FROM json_each(?3)))
    AND (
        ?4 IS NULL
        OR EXISTS (SELECT 1 FROM json_each(?4) WHERE substr(t.name, 1, length(value)) = value)
    )
    AND (?5 IS NULL OR s.name IN (SELECT value FROM json_each(?5)))
    AND (
        ?6 IS NULL
        OR EXISTS (SELECT 1 FROM json_each(?6) WHERE substr(s.name, 1, length(value)) = value)
    )
ORDER BY e.position DESC
LIMIT ?7
