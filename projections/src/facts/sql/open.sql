INSERT INTO facts_@g@ (
    fact_id, event_position, kind, thing, subject, on_day, minute, detail, value, other, area,
    due_on, event_id, codes, recorded_on, actor, role, flags, from_position
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
