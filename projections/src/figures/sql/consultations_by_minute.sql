SELECT f.on_day, f.minute, count(DISTINCT f.thing)
FROM facts_@g@ f
WHERE f.kind = 'consultation' AND f.on_day BETWEEN $1 AND $2
    AND f.from_position <= $3 AND (f.to_position IS NULL OR f.to_position > $3)
GROUP BY f.on_day, f.minute
