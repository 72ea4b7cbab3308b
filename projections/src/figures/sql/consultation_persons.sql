WITH alias AS (
    SELECT m.thing AS subject, max(m.other) AS person
    FROM facts_@g@ m
    WHERE m.kind = 'case-merged'
        AND m.from_position <= $3 AND (m.to_position IS NULL OR m.to_position > $3)
        AND NOT EXISTS (
            SELECT 1 FROM facts_@g@ u
            WHERE u.kind = 'merge-undone' AND u.thing = m.thing
                AND u.event_position > m.event_position
                AND u.from_position <= $3 AND (u.to_position IS NULL OR u.to_position > $3)
        )
    GROUP BY m.thing
),
linked AS (
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
SELECT count(DISTINCT COALESCE(a.person, f.subject, l.subject))
FROM facts_@g@ f
LEFT JOIN linked l ON l.thing = f.thing AND f.subject IS NULL
LEFT JOIN alias a ON a.subject = COALESCE(f.subject, l.subject)
WHERE f.kind = 'consultation' AND f.on_day BETWEEN $1 AND $2
    AND f.from_position <= $3 AND (f.to_position IS NULL OR f.to_position > $3)
