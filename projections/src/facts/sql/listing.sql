SELECT
    fact_id, event_position, kind, thing, subject, on_day, minute, detail, value, other, area,
    codes, due_on, recorded_on, actor, role, flags, event_id, from_position,
    CASE WHEN to_position <= $3 THEN to_position END
FROM facts_@g@
WHERE fact_id > $1 AND from_position <= $3
ORDER BY fact_id COLLATE "C"
LIMIT $2
