COPY facts_@g@ (
    fact_id, event_position, kind, thing, subject, on_day, minute, detail, value, other, area,
    due_on, event_id, codes, recorded_on, actor, role, flags, from_position
) FROM STDIN (FORMAT binary)
