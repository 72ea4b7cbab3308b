SELECT position, stream_id, revision, event_id, type_id, recorded_at, content_type, data, metadata,
    sealed, sealed_sha256, leaf_hash
FROM "@ledger@".events WHERE stream_id = $1 ORDER BY revision
