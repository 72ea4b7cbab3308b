SELECT
    f.event_position, f.kind, f.thing, f.subject, f.on_day, f.minute, f.detail, f.value, f.other,
    f.area, f.due_on, f.recorded_on, f.actor, f.role, f.flags, f.event_id, f.from_position,
    f.to_position, f.codes, f.fact_id
FROM facts_@g@ f
WHERE f.fact_id >= $1
UNION ALL
SELECT
    f.event_position, f.kind, f.thing, f.subject, f.on_day, f.minute, f.detail, f.value, f.other,
    f.area, f.due_on, f.recorded_on, f.actor, f.role, f.flags, f.event_id, f.from_position,
    f.to_position, f.codes, f.fact_id
FROM facts_@g@ f
WHERE f.to_position > $2 AND f.fact_id < $1
