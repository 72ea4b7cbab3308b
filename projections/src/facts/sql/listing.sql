SELECT
    fact_id, event_position, kind, thing, subject, on_day, minute, detail, value, event_id,
    from_position, to_position
FROM facts_@g@
WHERE fact_id > $1
ORDER BY fact_id COLLATE "C"
LIMIT $2
