SELECT count(DISTINCT f.subject)
FROM facts_@g@ f
JOIN facts_@g@ p ON p.kind = 'person-known' AND p.subject = f.subject AND p.on_day <= $1
    AND p.from_position <= $2 AND (p.to_position IS NULL OR p.to_position > $2)
WHERE f.kind = 'procedure-started' AND f.thing = 'ventilator' AND f.on_day <= $1
    AND f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $2)
    AND NOT EXISTS (
        SELECT 1 FROM facts_@g@ e
        WHERE e.kind = 'procedure-ended' AND e.thing = 'ventilator' AND e.subject = f.subject
            AND e.on_day >= f.on_day AND e.on_day <= $1
            AND e.from_position <= $2 AND (e.to_position IS NULL OR e.to_position > $2)
    )
