SELECT position, mac, filled, stream, event_id, macs, row_key
FROM register_rows_@g@
WHERE row_key COLLATE "C" >= $1 AND row_key COLLATE "C" <= $2
ORDER BY row_key COLLATE "C"
