SELECT
    f.event_position, f.kind, f.thing, f.subject, f.on_day, f.minute, f.detail, f.value, f.other,
    f.area, f.due_on, f.recorded_on, f.actor, f.role, f.flags, f.event_id, f.from_position,
    f.to_position, f.codes
FROM facts_@g@ f
WHERE f.from_position <= $2 AND (f.to_position IS NULL OR f.to_position > $1)
    AND (
        CAST($3 AS text) = ''
        OR replace(CAST($3 AS text), ',' || f.kind || ',', '') <> CAST($3 AS text)
    )
ORDER BY f.event_position, f.fact_id COLLATE "C"
