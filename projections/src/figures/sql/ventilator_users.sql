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
),
known AS (
    SELECT DISTINCT COALESCE(a.person, p.subject) AS person
    FROM facts_@g@ p
    LEFT JOIN alias a ON a.subject = p.subject
    WHERE p.kind = 'person-known' AND p.on_day <= $1
        AND p.from_position <= $2 AND (p.to_position IS NULL OR p.to_position > $2)
),
used AS (
    SELECT
        COALESCE(a.person, f.subject) AS person,
        max(CASE WHEN f.kind = 'procedure-started' THEN f.on_day END) AS started,
        max(CASE WHEN f.kind = 'procedure-ended' THEN f.on_day END) AS ended
    FROM facts_@g@ f
    LEFT JOIN alias a ON a.subject = f.subject
    WHERE f.kind IN ('procedure-started', 'procedure-ended') AND f.thing = 'ventilator'
        AND f.on_day <= $1
        AND f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $2)
    GROUP BY COALESCE(a.person, f.subject)
)
SELECT count(*)
FROM used s
JOIN known k ON k.person = s.person
WHERE s.started IS NOT NULL AND (s.ended IS NULL OR s.ended < s.started)
