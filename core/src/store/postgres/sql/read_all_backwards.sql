-- A page ends at $8 bytes, or the server would send what no page takes: large events by the hundred.
-- Two rows more are sent, of which the first tells where the next page begins.
SELECT
    position, stream_id, revision, event_id, type_id, recorded_at, content_type,
    data, metadata, sealed, sealed_sha256, leaf_hash
FROM (
    SELECT
        page.*,
        sum(octet_length(data) + octet_length(metadata) + coalesce(octet_length(sealed), 0)) OVER (
            ORDER BY position DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 2 PRECEDING
        ) AS bytes
    FROM (
        SELECT
            e.position, e.stream_id, e.revision, e.event_id, e.type_id, e.recorded_at,
            e.content_type, e.data, e.metadata, e.sealed, e.sealed_sha256, e.leaf_hash
        FROM events e
        WHERE e.position BETWEEN $1 AND $2
            AND (
                $3::text[] IS NULL
                OR e.type_id IN (SELECT t.id FROM event_types t WHERE t.name = ANY ($3))
            )
            AND (
                $4::text[] IS NULL
                OR e.type_id IN (
                    SELECT t.id FROM event_types t, unnest($4) AS prefix WHERE starts_with(t.name, prefix)
                )
            )
            AND (
                $5::text[] IS NULL
                OR e.stream_id IN (SELECT s.id FROM streams s WHERE s.name = ANY ($5))
            )
            AND (
                $6::text[] IS NULL
                OR EXISTS (
                    SELECT FROM streams s, unnest($6) AS prefix
                    WHERE s.id = e.stream_id AND starts_with(s.name, prefix)
                )
            )
        ORDER BY e.position DESC
        LIMIT $7
    ) AS page
) AS measured
WHERE bytes IS NULL OR bytes <= $8
ORDER BY position DESC
