SELECT key, block, events, last_position, positions
FROM event_index_@g@
WHERE events < 256
ORDER BY key COLLATE "C"
