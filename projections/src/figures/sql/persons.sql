SELECT count(DISTINCT f.subject)
FROM facts_@g@ f
WHERE f.kind = 'person-known' AND f.on_day <= $1
    AND f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $2)
