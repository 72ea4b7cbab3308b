SELECT s.name, s.id, (SELECT max(e.revision) FROM events e WHERE e.stream_id = s.id)
FROM streams s
WHERE s.name = ANY ($1)
