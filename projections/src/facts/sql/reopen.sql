INSERT INTO facts_@g@ (
    fact_id, event_position, kind, thing, subject, on_day, minute, detail, value, other, area,
    due_on, event_id, codes, recorded_on, actor, role, flags, from_position
)
SELECT
    $3 || f.fact_id, f.event_position, f.kind, f.thing, f.subject, f.on_day, f.minute, f.detail,
    f.value, f.other, f.area, f.due_on, f.event_id, f.codes, f.recorded_on, f.actor, f.role, f.flags,
    CAST($2 AS bigint)
FROM facts_@g@ f
WHERE f.event_id = $1
    AND f.to_position = (SELECT max(c.to_position) FROM facts_@g@ c WHERE c.event_id = $1)
    AND NOT EXISTS (SELECT 1 FROM facts_@g@ o WHERE o.event_id = $1 AND o.to_position IS NULL)
