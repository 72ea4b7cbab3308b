-- A page ends at $6 bytes, or the server would send what no page takes: large events by the hundred.
-- Two rows more are sent, of which the first tells where the next page begins.
SELECT
    position, stream, revision, event_id, type, recorded_at, content_type,
    data, metadata, sealed, sealed_sha256, leaf_hash
FROM (
    SELECT
        page.*,
        sum(octet_length(data) + octet_length(metadata) + coalesce(octet_length(sealed), 0)) OVER (
            ORDER BY position DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 2 PRECEDING
        ) AS bytes
    FROM (
        SELECT
            e.position, s.name AS stream, e.revision, e.event_id, t.name AS type, e.recorded_at,
            e.content_type, e.data, e.metadata, e.sealed, e.sealed_sha256, e.leaf_hash
        FROM events e
        JOIN streams s ON s.id = e.stream_id
        JOIN event_types t ON t.id = e.type_id
        WHERE e.position BETWEEN $1 AND $2
            AND ($3::text[] IS NULL OR t.name = ANY ($3))
            AND ($4::text IS NULL OR starts_with(s.name, $4))
        ORDER BY e.position DESC
        LIMIT $5
    ) AS page
) AS measured
WHERE bytes IS NULL OR bytes <= $6
ORDER BY position DESC
