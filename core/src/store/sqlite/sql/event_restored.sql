INSERT INTO events (
    position, stream_id, revision, event_id, type_id, recorded_at,
    content_type, data, metadata, sealed, sealed_sha256, leaf_hash
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
