WITH alias AS (
    SELECT m.thing AS subject, max(m.other) AS person
    FROM facts_@g@ m
    WHERE m.kind = 'case-merged'
        AND m.from_position <= $2 AND (m.to_position IS NULL OR m.to_position > $2)
        AND NOT EXISTS (
            SELECT 1 FROM facts_@g@ u
            WHERE u.kind = 'merge-undone' AND u.thing = m.thing
                AND u.event_position > m.event_position
                AND u.from_position <= $2 AND (u.to_position IS NULL OR u.to_position > $2)
        )
    GROUP BY m.thing
)
SELECT count(DISTINCT COALESCE(a.person, f.subject))
FROM facts_@g@ f
LEFT JOIN alias a ON a.subject = f.subject
WHERE f.kind = 'person-known' AND f.on_day <= $1
    AND f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $2)
