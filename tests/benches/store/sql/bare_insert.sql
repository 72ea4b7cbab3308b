INSERT INTO bare (stream_id, revision, event_id, type_id, content_type, data, metadata, leaf_hash)
VALUES ($1, $2, $3, 1, 'application/json', $4, $5, $6)
