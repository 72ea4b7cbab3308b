SELECT entry, last_position, key, block, events, positions
FROM event_index_@g@
WHERE entry > $1
ORDER BY entry COLLATE "C"
LIMIT $2
