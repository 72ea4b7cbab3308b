COPY "@ledger@".events (
    position, stream_id, revision, event_id, type_id, recorded_at, content_type, data, metadata,
    leaf_hash
) FROM STDIN (FORMAT binary)
