SELECT block, events, last_position, positions
FROM event_index_@g@
WHERE key = $1 AND block <= $2
ORDER BY block DESC
LIMIT $3
