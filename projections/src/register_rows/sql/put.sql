INSERT INTO register_rows_@g@ (row_key, position, mac, filled, stream, event_id, macs)
VALUES ($1, $2, $3, $4, $5, $6, $3)
ON CONFLICT (row_key) DO UPDATE SET
    position = excluded.position,
    mac = excluded.mac,
    filled = excluded.filled,
    stream = excluded.stream,
    event_id = excluded.event_id,
    macs = register_rows_@g@.macs || ' ' || excluded.mac
