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
SELECT max(c.on_day)
FROM (
    SELECT f.subject, f.thing, min(f.on_day) AS on_day
    FROM facts_@g@ f
    WHERE f.kind = 'disaster-plan-agreed' AND f.on_day <= $1
        AND f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $2)
    GROUP BY f.subject, f.thing
    UNION ALL
    SELECT f.subject, f.thing, f.on_day
    FROM facts_@g@ f
    WHERE f.kind = 'disaster-plan-verified' AND f.on_day <= $1
        AND f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $2)
) c
LEFT JOIN alias a ON a.subject = c.subject
WHERE NOT EXISTS (
    SELECT 1 FROM facts_@g@ e
    WHERE e.kind = 'disaster-plan-ended' AND e.subject = c.subject
        AND e.thing = c.thing AND e.on_day <= $1
        AND e.from_position <= $2 AND (e.to_position IS NULL OR e.to_position > $2)
)
GROUP BY COALESCE(a.person, c.subject)
