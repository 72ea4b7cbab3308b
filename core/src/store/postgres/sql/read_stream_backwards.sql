-- A page ends at $5 bytes, or the server would send what no page takes: large events by the hundred.
-- Two rows more are sent, of which the first tells where the next page begins.
SELECT
    position, stream_id, revision, event_id, type_id, recorded_at, content_type,
    data, metadata, sealed, sealed_sha256, leaf_hash
FROM (
    SELECT
        page.*,
        sum(octet_length(data) + octet_length(metadata) + coalesce(octet_length(sealed), 0)) OVER (
            ORDER BY revision DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 2 PRECEDING
        ) AS bytes
    FROM (
        SELECT
            e.position, e.stream_id, e.revision, e.event_id, e.type_id, e.recorded_at,
            e.content_type, e.data, e.metadata, e.sealed, e.sealed_sha256, e.leaf_hash
        FROM events e
        WHERE e.stream_id = (SELECT id FROM streams WHERE name = $1)
            AND e.revision <= $2 AND e.position <= $3
        ORDER BY e.revision DESC
        LIMIT $4
    ) AS page
) AS measured
WHERE bytes IS NULL OR bytes <= $5
ORDER BY revision DESC
