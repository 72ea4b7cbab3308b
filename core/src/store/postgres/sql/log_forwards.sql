-- A row of many bytes comes without its data, and whoever reads ends the page before it: else the
-- server would send what no page takes.
SELECT
    position, stream_id, revision, event_id, type_id, recorded_at, content_type,
    CASE
        WHEN octet_length(data) + octet_length(metadata) + coalesce(octet_length(sealed), 0) <= 8192
        THEN data
    END,
    CASE WHEN octet_length(metadata) <= 8192 THEN metadata END,
    CASE WHEN octet_length(sealed) <= 8192 THEN sealed END,
    sealed_sha256, leaf_hash
FROM events
WHERE position >= $1
ORDER BY position
LIMIT $2
