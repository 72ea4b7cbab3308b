WITH linked AS (
    SELECT l.thing, max(l.subject) AS subject
    FROM facts_@g@ l
    WHERE l.kind = 'inquiry-linked'
        AND l.from_position <= $3 AND (l.to_position IS NULL OR l.to_position > $3)
        AND NOT EXISTS (
            SELECT 1 FROM facts_@g@ u
            WHERE u.kind = 'inquiry-unlinked' AND u.thing = l.thing AND u.subject = l.subject
                AND u.event_position > l.event_position
                AND u.from_position <= $3 AND (u.to_position IS NULL OR u.to_position > $3)
        )
    GROUP BY l.thing
)
SELECT count(DISTINCT f.thing)
FROM facts_@g@ f
LEFT JOIN linked l ON l.thing = f.thing
WHERE f.kind = 'consultation' AND f.on_day BETWEEN $1 AND $2
    AND f.from_position <= $3 AND (f.to_position IS NULL OR f.to_position > $3)
    AND f.subject IS NULL AND l.subject IS NULL
