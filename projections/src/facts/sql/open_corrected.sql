INSERT INTO facts_@g@ (
    fact_id, event_position, kind, thing, subject, on_day, minute, detail, value, other, area,
    due_on, event_id, codes, recorded_on, actor, role, flags, from_position
)
SELECT
    CAST($1 AS text), CAST($2 AS bigint), CAST($3 AS text), CAST($4 AS text), CAST($5 AS text),
    CAST($6 AS text), CAST($7 AS bigint), CAST($8 AS text), CAST($9 AS bigint), CAST($10 AS text),
    CAST($11 AS text), CAST($12 AS text), CAST($13 AS text), CAST($14 AS text), f.recorded_on, f.actor, f.role,
    f.flags, CAST($2 AS bigint)
FROM facts_@g@ f
WHERE f.fact_id = (SELECT min(o.fact_id) FROM facts_@g@ o WHERE o.event_id = $13)
