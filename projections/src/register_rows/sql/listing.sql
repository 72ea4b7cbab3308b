SELECT row_key, position, mac, filled, stream, event_id, macs
FROM register_rows_@g@
WHERE row_key COLLATE "C" > $1
ORDER BY row_key COLLATE "C"
LIMIT $2
