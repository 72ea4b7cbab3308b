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
)
SELECT count(*)
FROM (
    SELECT COALESCE(a.person, f.subject) AS person
    FROM facts_@g@ f
    LEFT JOIN alias a ON a.subject = f.subject
    WHERE f.kind = 'disaster-plan-drafted' AND f.on_day IS NOT NULL
        AND f.from_position <= $3 AND (f.to_position IS NULL OR f.to_position > $3)
    GROUP BY COALESCE(a.person, f.subject)
    HAVING min(f.on_day) BETWEEN $1 AND $2
) first_plans
