INSERT INTO facts_@g@ (
    fact_id, event_position, kind, thing, subject, on_day, minute, detail, value, event_id,
    from_position
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $2)
