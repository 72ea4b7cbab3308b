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
assessed AS (
    SELECT
        COALESCE(a.person, f.subject) AS person, f.value,
        row_number() OVER (
            PARTITION BY COALESCE(a.person, f.subject)
            ORDER BY f.on_day DESC, f.event_position DESC
        ) AS nth
    FROM facts_@g@ f
    LEFT JOIN alias a ON a.subject = f.subject
    WHERE f.kind = 'mobility' AND f.on_day <= $1
        AND f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $2)
)
SELECT count(*)
FROM assessed s
JOIN known k ON k.person = s.person
WHERE s.nth = 1 AND s.value = 1
