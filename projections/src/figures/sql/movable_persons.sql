SELECT count(DISTINCT f.subject)
FROM facts_@g@ f
JOIN facts_@g@ p ON p.kind = 'person-known' AND p.subject = f.subject AND p.on_day <= $1
    AND p.from_position <= $2 AND (p.to_position IS NULL OR p.to_position > $2)
WHERE f.kind = 'mobility' AND f.value = 1 AND f.on_day <= $1
    AND f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $2)
    AND NOT EXISTS (
        SELECT 1 FROM facts_@g@ l
        WHERE l.kind = 'mobility' AND l.subject = f.subject AND l.on_day <= $1
            AND (l.on_day > f.on_day OR (l.on_day = f.on_day AND l.event_position > f.event_position))
            AND l.from_position <= $2 AND (l.to_position IS NULL OR l.to_position > $2)
    )
