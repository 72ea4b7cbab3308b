COPY (
    SELECT position, stream_id, revision, event_id, type_id, recorded_at, content_type, data,
        metadata, sealed, sealed_sha256, leaf_hash
    FROM "@ledger@".events WHERE position > @after@ AND position <= @to@ ORDER BY position
) TO STDOUT (FORMAT binary)
