SELECT position, mac, filled, stream, event_id, macs
FROM register_rows_@g@
WHERE row_key = $1
