SELECT block * CAST($2 AS bigint) + events
FROM event_index_@g@
WHERE key = $1 AND events < 256
