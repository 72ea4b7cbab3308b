SELECT count(*)
FROM (
    SELECT f.subject
    FROM facts_@g@ f
    WHERE f.kind = 'disaster-plan-drafted' AND f.on_day IS NOT NULL
        AND f.from_position <= $3 AND (f.to_position IS NULL OR f.to_position > $3)
    GROUP BY f.subject
    HAVING min(f.on_day) BETWEEN $1 AND $2
) first_plans
