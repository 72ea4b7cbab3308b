INSERT INTO event_index_@g@ (entry, last_position, key, block, events, positions)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (entry) DO UPDATE SET
    last_position = excluded.last_position,
    events = excluded.events,
    positions = excluded.positions
