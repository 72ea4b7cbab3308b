-- Positions are in the order of the table.
COPY (
    SELECT
        position, stream_id, revision, event_id, type_id, recorded_at, content_type,
        data, metadata, sealed, sealed_sha256, leaf_hash
    FROM events
    WHERE position >= @from@
    ORDER BY position
    LIMIT @rows@
) TO STDOUT (FORMAT binary)
